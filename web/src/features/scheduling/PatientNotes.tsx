import { IconAlertTriangle, IconUserX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useFormat } from '@/lib/format-context';
import { AlertChips } from '@/ui/AlertChips';
import classes from './appointment.module.css';
import { holdsSlot } from './book/types';
import { minutesBetween, minutesOfTime } from './dayTime';
import { type NewAppointmentValues, spanOf } from './newAppointment';
import { attendanceQuery, patientAlertsQuery, patientDayQuery } from './queries';

interface PatientNotesProps {
  patientId: string;
  when: Pick<NewAppointmentValues, 'date' | 'start' | 'minutes'>;
}

/** What the receptionist should know before booking: alerts, missed appointments, and another one that day. */
export function PatientNotes({ patientId, when }: PatientNotesProps) {
  const { t } = useTranslation('scheduling');
  const { time } = useFormat();
  const alerts = useQuery(patientAlertsQuery(patientId));
  const sameDay = useQuery({ ...patientDayQuery(patientId, when.date), enabled: when.date !== '' });
  const others = (sameDay.data ?? []).filter(({ status }) => holdsSlot(status));
  const { start, end } = spanOf(when);
  const atOnce = others.filter((one) => {
    const from = minutesOfTime(one.local_start);
    return from < end && start < from + minutesBetween(one.starts_at, one.ends_at);
  });
  const listed = (atOnce.length > 0 ? atOnce : others).map((one) => time(one.local_start)).join(' · ');
  return (
    <>
      {alerts.data && <AlertChips alerts={alerts.data.items} allergyStatus={alerts.data.allergy_status} />}
      {alerts.error && (
        <p role="alert" className={classes.fault}>
          {t('appointment.alertsFailed')} {errorMessage(alerts.error)}
        </p>
      )}
      <AttendanceNote patientId={patientId} />
      {listed && (
        <p className={atOnce.length > 0 ? classes.danger : classes.warning} role="status">
          <IconAlertTriangle size={16} aria-hidden />{' '}
          {t(atOnce.length > 0 ? 'form.twiceAtOnce' : 'form.sameDay', { times: listed })}
        </p>
      )}
    </>
  );
}

/** Missed and late-cancelled appointments of a patient; nothing where there were none. */
export function AttendanceNote({ patientId }: { patientId: string }) {
  const { t } = useTranslation('scheduling');
  const { date } = useFormat();
  const { data, error } = useQuery(attendanceQuery(patientId));
  if (!data && error) {
    return (
      <p role="alert" className={classes.fault}>
        {t('attendance.failed')} {errorMessage(error)}
      </p>
    );
  }
  if (!data || data.no_shows + data.late_cancelled === 0) return null;
  const facts = [
    data.no_shows > 0 && t('attendance.noShows', { count: data.no_shows }),
    data.late_cancelled > 0 && t('attendance.lateCancelled', { count: data.late_cancelled }),
    data.last_no_show_on && t('attendance.lastNoShow', { date: date(data.last_no_show_on) }),
    t('attendance.kept', { count: data.kept }),
  ];
  return (
    <p className={classes.warning} role="status">
      <IconUserX size={16} aria-hidden />{' '}
      {t('attendance.title', { facts: facts.filter(Boolean).join(' · ') })}
    </p>
  );
}
