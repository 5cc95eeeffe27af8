import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import classes from './clinic.module.css';
import { type Period, pastMidnight, WEEK_DAYS, type Week } from './weekHours';

interface WeekFieldsProps {
  week: Week;
  onChange: (week: Week) => void;
  editable: boolean;
  /** What a day without periods says. */
  closed: string;
}

/** The periods of each weekday, in the order of the clinic's week. */
export function WeekFields({ week, onChange, editable, closed }: WeekFieldsProps) {
  const { week: clinicWeek } = useFormat();
  const ordered = WEEK_DAYS.map((_, n) => (n + clinicWeek.start) % 7);
  return ordered.map((day) => (
    <DayPeriods
      key={day}
      day={day}
      periods={week[day] ?? []}
      editable={editable}
      closed={closed}
      onChange={(periods) => onChange(week.map((old, n) => (n === day ? periods : old)))}
      onCopy={() => onChange(week.map(() => week[day] ?? []))}
    />
  ));
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
          <span key={n} className={classes.period}>
            <span className={classes.period}>
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
            </span>
            {pastMidnight(period) && <small className={classes.hint}>{t('hours.nextDay')}</small>}
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
