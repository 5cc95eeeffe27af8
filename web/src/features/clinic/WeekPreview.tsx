import { ActionIcon, Button, Select } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { Branch } from '@/api/types';
import { addDays, parseDate } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import classes from './clinic.module.css';
import type { HoursOwner } from './HoursPage';
import { resultingHoursQuery } from './queries';
import { DAY_MINUTES } from './weekHours';
import { type PreviewDay, previewDays } from './weekPreviewDays';

/** The week as it results from the weekly hours and the dated ones. */
export function WeekPreview({ owner, branches }: { owner: HoursOwner; branches: readonly Branch[] }) {
  const { t } = useTranslation('clinic');
  const { name, date, today, week } = useFormat();
  const firstOfWeek = (day: string) => addDays(day, -((parseDate(day).getUTCDay() - week.start + 7) % 7));
  const [first, setFirst] = useState(() => firstOfWeek(today()));
  const [chosen, setChosen] = useState<string | null>(null);
  const branchId = owner.kind === 'branch' ? owner.id : (chosen ?? branches[0]?.id ?? '');
  const last = addDays(first, 6);
  const hours = useQuery({
    ...resultingHoursQuery(addDays(first, -1), last, branchId),
    placeholderData: keepPreviousData,
  });
  const found =
    owner.kind === 'branch'
      ? hours.data?.branches.find(({ branch_id }) => branch_id === owner.id)
      : hours.data?.doctors.find(({ staff_id }) => staff_id === owner.id);
  return (
    <Card
      title={t('preview.title')}
      actions={
        <div className={classes.line}>
          <ActionIcon
            variant="default"
            aria-label={t('preview.previous')}
            onClick={() => setFirst(addDays(first, -7))}
          >
            <IconChevronLeft size={16} className="mirror" />
          </ActionIcon>
          <span aria-live="polite">{t('closures.span', { from: date(first), to: date(last) })}</span>
          <ActionIcon
            variant="default"
            aria-label={t('preview.next')}
            onClick={() => setFirst(addDays(first, 7))}
          >
            <IconChevronRight size={16} className="mirror" />
          </ActionIcon>
          <Button variant="default" size="compact-sm" onClick={() => setFirst(firstOfWeek(today()))}>
            {t('preview.today')}
          </Button>
        </div>
      }
    >
      {owner.kind === 'staff' && branches.length > 1 && (
        <Select
          label={t('preview.branch')}
          value={branchId}
          onChange={setChosen}
          allowDeselect={false}
          data={branches.map((branch) => ({ value: branch.id, label: name(branch) }))}
        />
      )}
      {hours.error ? (
        <ErrorState message={errorMessage(hours.error)} onRetry={() => void hours.refetch()} />
      ) : !found ? (
        <ListSkeleton rows={7} />
      ) : (
        <ul className={classes.preview}>
          {previewDays(found.days, first).map((day) => (
            <PreviewRow
              key={day.date}
              day={day}
              closed={owner.kind === 'branch' ? t('hours.closed') : t('hours.off')}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

const percent = (minutes: number) => `${(minutes / DAY_MINUTES) * 100}%`;

function PreviewRow({ day, closed }: { day: PreviewDay; closed: string }) {
  const { t } = useTranslation('clinic');
  const { name, date, time } = useFormat();
  const spoken = day.periods.map(
    ({ start, end, nextDay }) => `${time(start)} – ${time(end)}${nextDay ? ` ${t('hours.nextDay')}` : ''}`,
  );
  return (
    <li className={classes.previewDay}>
      <b>{date(day.date, 'weekday')}</b>
      <span className={classes.track} aria-hidden="true">
        {day.bars.map(([from, until]) => (
          <i key={from} style={{ insetInlineStart: percent(from), inlineSize: percent(until - from) }} />
        ))}
      </span>
      <span>
        {spoken.length === 0 ? closed : spoken.map((text) => <bdi key={text}>{text}</bdi>)}
        {day.reason && <small className={classes.reason}>{name(day.reason)}</small>}
      </span>
    </li>
  );
}
