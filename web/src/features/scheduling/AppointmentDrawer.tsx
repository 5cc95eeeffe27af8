import { Button, Drawer, Menu } from '@mantine/core';
import { IconChevronDown, IconCopy, IconPin, IconUser } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import type { Appointment, AppointmentStatus } from '@/api/types';
import { firstClick } from '@/lib/firstClick';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { AlertChips } from '@/ui/AlertChips';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { StatusBadge } from '@/ui/StatusBadge';
import { useSlots } from '@/ui/slots';
import { Code, Phone } from '@/ui/texts';
import { AppointmentDetails } from './AppointmentDetails';
import { AppointmentFlags } from './AppointmentFlags';
import { AppointmentHistory } from './AppointmentHistory';
import classes from './appointment.module.css';
import { OfferButton } from './OfferButton';
import { freedSlot } from './offers';
import { AttendanceNote } from './PatientNotes';
import { appointmentQuery, knownAppointment, patientAlertsQuery } from './queries';
import { StatusMenuItems } from './StatusMenu';
import { isMovable, statusSteps } from './statusSteps';
import { useMayMove } from './useMayMove';
import { useNow } from './useNow';
import { VisitButton } from './VisitButton';

interface AppointmentDrawerProps {
  id: string;
  onPickStatus(appointment: Appointment, status: AppointmentStatus): void;
  onCopy(id: string): void;
  /** Absent where there is no pinboard. */
  onPark?: ((appointment: Appointment) => void) | undefined;
  onClose(): void;
}

export function AppointmentDrawer({ id, onPickStatus, onCopy, onPark, onClose }: AppointmentDrawerProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const client = useQueryClient();
  const { AppointmentMessages } = useSlots();
  const record = useQuery(appointmentQuery(id));
  // What the book knows already is shown until the whole record has come.
  const appointment = record.data ?? knownAppointment(client, id);
  return (
    <Drawer opened onClose={onClose} position="right" size={440} title={t('appointment.title')}>
      {appointment ? (
        <div className={classes.drawer}>
          <PatientHead
            appointment={appointment}
            onCopy={() => onCopy(id)}
            onPark={onPark && (() => onPark(appointment))}
          />
          <StatusLine appointment={appointment} onPickStatus={onPickStatus} />
          <AppointmentDetails key={appointment.id} appointment={appointment} />
          <AppointmentMessages appointmentId={id} callRequestedAt={appointment.call_requested_at ?? null} />
          <AppointmentHistory events={record.data?.events} error={record.error} onRetry={record.refetch} />
        </div>
      ) : record.error ? (
        <ErrorState
          message={errorMessage(record.error)}
          requestId={isApiError(record.error) ? record.error.requestId : null}
          onRetry={() => void record.refetch()}
        />
      ) : (
        <ListSkeleton rows={8} />
      )}
    </Drawer>
  );
}

interface PatientHeadProps {
  appointment: Appointment;
  onCopy(): void;
  onPark: (() => void) | undefined;
}

function PatientHead({ appointment, onCopy, onPark }: PatientHeadProps) {
  const mayMove = useMayMove()(appointment) && isMovable(appointment.status);
  const mayBook = useCan()('scheduling.write');
  const { t } = useTranslation('scheduling');
  const { name: nameOf } = useFormat();
  const { patient } = appointment;
  const alerts = useQuery(patientAlertsQuery(appointment.patient_id));
  return (
    <section className={classes.patientHead}>
      <h2 className={classes.patientName}>
        <bdi>{nameOf(patient)}</bdi>
      </h2>
      <p className={classes.patientMeta}>
        <span>
          {t('appointment.file')} <Code>{patient.file_number}</Code>
        </span>
        <Phone number={patient.phone} link />
      </p>
      {alerts.data && <AlertChips alerts={alerts.data.items} allergyStatus={alerts.data.allergy_status} />}
      {alerts.error && (
        <p role="alert" className={classes.fault}>
          {t('appointment.alertsFailed')} {errorMessage(alerts.error)}
        </p>
      )}
      <AttendanceNote patientId={appointment.patient_id} />
      <div className={classes.buttons}>
        <Button
          component={Link}
          to={`/patients/${appointment.patient_id}`}
          variant="default"
          leftSection={<IconUser size={16} />}
        >
          {t('appointment.openPatient')}
        </Button>
        <VisitButton appointment={appointment} />
        {mayBook && (
          <Button variant="default" leftSection={<IconCopy size={16} />} onClick={onCopy}>
            {t('appointment.copy')}
          </Button>
        )}
        <OfferButton slot={freedSlot(appointment, Date.now())} />
        {mayMove && onPark && (
          <Button variant="default" leftSection={<IconPin size={16} />} onClick={onPark}>
            {t('pinboard.park')}
          </Button>
        )}
      </div>
    </section>
  );
}

interface StatusLineProps {
  appointment: Appointment;
  onPickStatus(appointment: Appointment, status: AppointmentStatus): void;
}

function StatusLine({ appointment, onPickStatus }: StatusLineProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const mayChange = useMayMove()(appointment);
  const timing = useTiming(appointment);
  const next = statusSteps(appointment.status).next.find(
    (status) => status !== 'confirmed' && (status !== 'in_chair' || appointment.chair_id),
  );
  return (
    <section className={classes.statusLine}>
      <div className={classes.statusNow}>
        <StatusBadge status={appointment.status} />
        {timing && <span className={classes.timing}>{timing}</span>}
        <AppointmentFlags appointment={appointment} />
      </div>
      {mayChange && (
        <div className={classes.buttons}>
          {next && (
            <Button onClick={firstClick(() => onPickStatus(appointment, next))}>
              {t(`common:status.${next}`)}
            </Button>
          )}
          <Menu position="bottom-end" width={240} withInitialFocusPlaceholder={false}>
            <Menu.Target>
              <Button variant="default" rightSection={<IconChevronDown size={16} />}>
                {t('appointment.statusButton')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <StatusMenuItems
                appointment={appointment}
                onPick={(status) => onPickStatus(appointment, status)}
              />
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
    </section>
  );
}

/** How long the patient waits or waited, and how long he has been in the chair. */
function useTiming({ status, arrived_at, in_chair_at, completed_at }: Appointment): string | null {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const now = useNow();
  const minutes = (from: string, to: number) =>
    format.minutes(Math.max(0, Math.floor((to - Date.parse(from)) / 60_000)));
  if (status === 'arrived' && arrived_at)
    return t('appointment.waiting', { minutes: minutes(arrived_at, now) });
  if (status === 'in_chair' && in_chair_at) {
    return t('appointment.inChairFor', { minutes: minutes(in_chair_at, now) });
  }
  if (in_chair_at && completed_at) {
    const seated = t('appointment.wasInChair', { minutes: minutes(in_chair_at, Date.parse(completed_at)) });
    if (!arrived_at) return seated;
    return `${t('appointment.waited', { minutes: minutes(arrived_at, Date.parse(in_chair_at)) })} · ${seated}`;
  }
  return null;
}
