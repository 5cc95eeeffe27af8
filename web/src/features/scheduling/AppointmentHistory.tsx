import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { AppointmentStatus, AppointmentWithEvents } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { DateTimeText } from '@/ui/texts';
import classes from './appointment.module.css';
import { APPOINTMENT_STATUSES } from './book/types';

type HistoryEvent = AppointmentWithEvents['events'][number];

interface AppointmentHistoryProps {
  events: HistoryEvent[] | undefined;
  error: Error | null;
  onRetry(): void;
}

/** Who did what and when, the latest first. */
export function AppointmentHistory({ events, error, onRetry }: AppointmentHistoryProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const { pick } = useFormat();
  const what = useEventWords();
  const latestFirst = [...(events ?? [])].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <section>
      <h3 className={classes.sectionTitle}>{t('appointment.history')}</h3>
      {error && (
        <p role="alert" className={classes.fault}>
          {errorMessage(error)}{' '}
          <Button variant="subtle" size="compact-sm" onClick={() => onRetry()}>
            {t('common:action.retry')}
          </Button>
        </p>
      )}
      {!events && !error && <ListSkeleton rows={3} />}
      {events?.length === 0 && <p className={classes.muted}>{t('appointment.historyEmpty')}</p>}
      <ol className={classes.history}>
        {latestFirst.map((event) => (
          <li key={`${event.at} ${event.kind} ${event.to}`} data-status={statusOf(event)}>
            <b>{what(event)}</b>
            {event.reason && (
              <p className={classes.historyReason}>
                <bdi>{event.reason}</bdi>
              </p>
            )}
            <small>
              <DateTimeText value={event.at} /> ·{' '}
              {event.source === 'staff' ? (
                <bdi>{pick(event.actor_name_ar, event.actor_name_en)}</bdi>
              ) : (
                t(`appointment.source.${event.source}`)
              )}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** What was said to or about the patient, without a change of the appointment itself. */
const TOLD: Record<
  string,
  'appointment.called' | 'appointment.reminded' | 'appointment.offered' | 'appointment.asap'
> = {
  called: 'appointment.called',
  reminder: 'appointment.reminded',
  offered: 'appointment.offered',
  asap: 'appointment.asap',
};

function statusOf({ kind, to }: HistoryEvent): AppointmentStatus | undefined {
  return kind === 'status' ? APPOINTMENT_STATUSES.find((status) => status === to) : undefined;
}

function useEventWords() {
  const { t } = useTranslation(['scheduling', 'common']);
  const { dateTime } = useFormat();
  return (event: HistoryEvent): string => {
    const status = statusOf(event);
    if (status) return t(`common:status.${status}`);
    if (event.to === 'call_me') return t('appointment.callRequested');
    if (event.kind === 'confirmation' && event.to) {
      return t('appointment.confirmationTo', { confirmation: t(`confirmation.${event.to as 'confirmed'}`) });
    }
    if (event.kind === 'moved') {
      const isInstant = event.to && !Number.isNaN(Date.parse(event.to));
      return isInstant
        ? t('appointment.movedTo', { place: dateTime(event.to ?? '') })
        : t('appointment.wasMoved');
    }
    const told = TOLD[event.kind];
    return told ? t(told) : t('appointment.booked');
  };
}
