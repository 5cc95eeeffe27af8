import { Button } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { Overbooked } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card, PageBody } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { DateField } from '@/ui/dates';
import { EmptyState } from '@/ui/EmptyState';
import { PageHeader } from '@/ui/PageHeader';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, DateText, DateTimeText } from '@/ui/texts';
import { minutesBetween, minutesOfTime } from './dayTime';
import classes from './overbooked.module.css';
import { useBookWords } from './useBookWords';

/** What was booked over something else in a period: why, by whom and when. */
export default function OverbookedPage() {
  const { t } = useTranslation(['scheduling', 'common']);
  const { name } = useFormat();
  const { times } = useBookWords();
  const navigate = useNavigate();
  const search = useSearch({ from: '/shell/reports/overbooked' });
  const list = useList<Overbooked>(['appointments', 'overbooked'], '/reports/overbooked', { ...search });
  const change = (next: Partial<typeof search>) =>
    void navigate({ to: '/reports/overbooked', search: (now) => ({ ...now, ...next }), replace: true });
  const range = ({ appointment }: Overbooked) => {
    const start = minutesOfTime(appointment.local_start);
    return times.range(start, start + minutesBetween(appointment.starts_at, appointment.ends_at));
  };
  const filtered = Boolean(search.from || search.to);
  return (
    <>
      <PageHeader title={t('overbooked.title')} />
      <PageBody>
        <Card>
          <div className={classes.filters}>
            <DateField
              label={t('overbooked.from')}
              value={search.from ?? null}
              onChange={(date) => change({ from: date ?? undefined })}
              {...(search.to ? { maxDate: search.to } : {})}
            />
            <DateField
              label={t('overbooked.to')}
              value={search.to ?? null}
              onChange={(date) => change({ to: date ?? undefined })}
              {...(search.from ? { minDate: search.from } : {})}
            />
            {filtered && (
              <Button variant="default" onClick={() => change({ from: undefined, to: undefined })}>
                {t('common:action.clear')}
              </Button>
            )}
          </div>
        </Card>
        <Card flush>
          <DataTable
            {...list}
            label={t('overbooked.title')}
            rowKey={({ appointment }) => appointment.id}
            errorText={errorMessage(list.error)}
            onOpen={({ appointment }) =>
              void navigate({
                to: '/',
                search: { date: appointment.local_date, appointment: appointment.id },
              })
            }
            empty={
              <EmptyState
                title={t('overbooked.empty')}
                hint={t(filtered ? 'overbooked.emptyPeriod' : 'overbooked.emptyHint')}
              />
            }
            columns={[
              {
                id: 'patient',
                header: t('form.patient'),
                phone: 'title',
                cell: ({ appointment }) => (
                  <span className={classes.stacked}>
                    <Link
                      to="/"
                      search={{ date: appointment.local_date, appointment: appointment.id }}
                      className={classes.open}
                    >
                      <bdi>{name(appointment.patient)}</bdi>
                    </Link>
                    <small>
                      <Code>{appointment.patient.file_number}</Code>
                    </small>
                  </span>
                ),
              },
              {
                id: 'when',
                header: t('overbooked.when'),
                cell: (row) => (
                  <span className={classes.stacked}>
                    <DateText value={row.appointment.local_date} />
                    <bdi className="numbers">{range(row)}</bdi>
                  </span>
                ),
              },
              {
                id: 'where',
                header: t('overbooked.where'),
                cell: ({ appointment }) => (
                  <span className={classes.stacked}>
                    <bdi>{name(appointment.doctor)}</bdi>
                    <small>
                      {appointment.chair ? <bdi>{name(appointment.chair)}</bdi> : t('appointment.noChair')}
                    </small>
                  </span>
                ),
              },
              {
                id: 'status',
                header: t('agenda.status'),
                cell: ({ appointment }) => <StatusBadge status={appointment.status} />,
              },
              { id: 'reason', header: t('overbooked.reason'), cell: ({ reason }) => <bdi>{reason}</bdi> },
              {
                id: 'by',
                header: t('overbooked.by'),
                cell: ({ decided_by, decided_at }) => (
                  <span className={classes.stacked}>
                    <bdi>{name(decided_by)}</bdi>
                    <small>
                      <DateTimeText value={decided_at} />
                    </small>
                  </span>
                ),
              },
            ]}
          />
        </Card>
      </PageBody>
    </>
  );
}
