import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { byTime } from './book/navigation';
import { AlertGlyph, StatusGlyph } from './book/StatusGlyph';
import type { BookAppointment, BookColumnData, BookLabels, BookTimes } from './book/types';
import classes from './phone.module.css';

interface DayListProps {
  columns: readonly BookColumnData[];
  appointments: readonly BookAppointment[];
  times: BookTimes;
  labels: BookLabels;
  onOpen(id: string): void;
}

/** The day as a list in the order of time: for a phone. */
export function DayList({ columns, appointments, times, labels, onOpen }: DayListProps) {
  const { t } = useTranslation('scheduling');
  const titles = new Map(columns.map(({ id, title }) => [id, title]));
  return (
    <ol className={classes.list} aria-label={t('book.region')}>
      {[...appointments].sort(byTime).map((appointment) => (
        <li key={appointment.id}>
          <UnstyledButton
            className={classes.listRow}
            data-status={appointment.status}
            onClick={() => onOpen(appointment.id)}
          >
            <span className={classes.listTime}>{times.range(appointment.start, appointment.end)}</span>
            <span className={classes.listName}>
              <bdi>{appointment.patientName}</bdi>
              {appointment.alerts && (
                <span role="img" aria-label={labels.alert} className={classes.alert}>
                  <AlertGlyph size={14} />
                </span>
              )}
            </span>
            <span className={classes.listMeta}>
              <bdi>{appointment.reason}</bdi> <bdi>{titles.get(appointment.columnId)}</bdi>
            </span>
            <span className={classes.listStatus}>
              <StatusGlyph status={appointment.status} size={14} />
              {appointment.status === 'arrived' && appointment.waitingMinutes !== undefined
                ? labels.waiting(appointment.waitingMinutes)
                : labels.status[appointment.status]}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  );
}
