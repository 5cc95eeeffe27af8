import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { StatusBadge } from '@/ui/StatusBadge';
import { DateText, TimeText } from '@/ui/texts';
import classes from './patients.module.css';
import { upcomingQuery } from './queries';

export function AppointmentsCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation('patients');
  const can = useCan();
  const { today } = useFormat();
  const upcoming = useQuery(upcomingQuery(patientId, today()));
  return (
    <Card title={t('overview.appointments')}>
      {!upcoming.data && !upcoming.error && <ListSkeleton rows={2} />}
      {!upcoming.data && upcoming.error && (
        <ErrorState message={errorMessage(upcoming.error)} onRetry={() => void upcoming.refetch()} />
      )}
      {upcoming.data?.length === 0 && (
        <div className={classes.emptyLine}>
          <span className={classes.quiet}>{t('overview.noAppointments')}</span>
          {can('scheduling.write') && (
            <Button
              variant="light"
              size="compact-md"
              renderRoot={(props) => <Link to="/" search={{ new: true, patient: patientId }} {...props} />}
            >
              {t('header.newAppointment')}
            </Button>
          )}
        </div>
      )}
      {upcoming.data && upcoming.data.length > 0 && (
        <ul className={classes.appointments}>
          {upcoming.data.map((appointment) => (
            <AppointmentLine key={appointment.id} appointment={appointment} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function AppointmentLine({ appointment }: { appointment: Appointment }) {
  const { name } = useFormat();
  const { local_date: date, id, doctor } = appointment;
  return (
    <li>
      <Link to="/" search={{ date, appointment: id }} className={classes.appointment}>
        <span className={classes.strong}>
          <DateText value={date} style="full" />
        </span>
        <span>
          <TimeText value={appointment.local_start} />
        </span>
        <span className={classes.quiet}>
          <bdi>{name(doctor)}</bdi>
          {appointment.reason && (
            <>
              {' · '}
              <bdi>{appointment.reason}</bdi>
            </>
          )}
        </span>
        <StatusBadge status={appointment.status} />
      </Link>
    </li>
  );
}
