import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { WorkingWeek } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './clinic.module.css';
import { type WeekOwner, weekPath, weekQuery } from './queries';
import { daysOf, type Period, WEEK_DAYS, weekHolds, weekOf } from './weekHours';

interface WeekEditorProps {
  owner: WeekOwner;
  ownerId: string;
  saved: WorkingWeek;
}

export function WeekEditor({ owner, ownerId, saved }: WeekEditorProps) {
  const { t } = useTranslation(['clinic', 'common']);
  const { week: clinicWeek } = useFormat();
  const editable = useCan()('clinic.write');
  const client = useQueryClient();
  // The version the edited week was read in: one that comes later from elsewhere must not be overwritten unseen.
  const [version, setVersion] = useState(saved.version);
  const [week, setWeek] = useState(() => weekOf(saved.days));
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const setDay = (day: number, periods: Period[]) => {
    setFailure(null);
    setWeek((now) => now.map((old, n) => (n === day ? periods : old)));
  };
  const save = async () => {
    if (!weekHolds(week)) return setFailure(t('hours.wrong'));
    setBusy(true);
    try {
      const set = await api.put<WorkingWeek>(weekPath(owner, ownerId), { days: daysOf(week) }, { version });
      setVersion(set.version);
      client.setQueryData(weekQuery(owner, ownerId).queryKey, set);
      void client.invalidateQueries({ queryKey: ['clinic'] });
      toast.done(t('hours.saved'));
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  const ordered = WEEK_DAYS.map((_, n) => (n + clinicWeek.start) % 7);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      {ordered.map((day) => (
        <DayPeriods
          key={day}
          day={day}
          periods={week[day] ?? []}
          editable={editable}
          closed={owner === 'branch' ? t('hours.closed') : t('hours.off')}
          onChange={(periods) => setDay(day, periods)}
          onCopy={() => setWeek(week.map(() => week[day] ?? []))}
        />
      ))}
      <FormFailure message={failure} />
      {editable && <FormActions submitLabel={t('common:action.save')} submitting={busy} />}
    </form>
  );
}

interface DayPeriodsProps {
  day: number;
  periods: Period[];
  editable: boolean;
  closed: string;
  onChange: (periods: Period[]) => void;
  onCopy: () => void;
}

function DayPeriods({ day, periods, editable, closed, onChange, onCopy }: DayPeriodsProps) {
  const { t } = useTranslation('clinic');
  const name = t(`day.${WEEK_DAYS[day] ?? 'sunday'}`);
  const set = (n: number, change: Partial<Period>) =>
    onChange(periods.map((period, at) => (at === n ? { ...period, ...change } : period)));
  const next = (): Period =>
    periods.length === 0 ? { start: '09:00', end: '17:00' } : { start: periods.at(-1)?.end ?? '', end: '' };
  return (
    <div className={classes.day}>
      <b>{name}</b>
      <div className={classes.periods}>
        {periods.length === 0 && <span className={classes.hint}>{closed}</span>}
        {periods.map((period, n) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: periods have no other name than their place
          <span key={n} className={classes.period} dir="ltr">
            {(['start', 'end'] as const).map((side) => (
              <TextInput
                key={side}
                type="time"
                size="xs"
                aria-label={`${name}: ${side === 'start' ? t('hours.from') : t('hours.to')}`}
                value={period[side]}
                disabled={!editable}
                onChange={(event) => set(n, { [side]: event.currentTarget.value })}
              />
            ))}
            {editable && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`${t('hours.remove')}: ${name}`}
                onClick={() => onChange(periods.filter((_, at) => at !== n))}
              >
                <IconX size={15} />
              </ActionIcon>
            )}
          </span>
        ))}
        {editable && (
          <ActionIcon
            variant="default"
            aria-label={`${t('hours.add')}: ${name}`}
            onClick={() => onChange([...periods, next()])}
          >
            <IconPlus size={15} />
          </ActionIcon>
        )}
        {editable && periods.length > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={onCopy}>
            {t('hours.copy')}
          </Button>
        )}
      </div>
    </div>
  );
}
