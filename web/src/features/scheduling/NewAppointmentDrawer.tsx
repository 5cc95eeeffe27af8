import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useSession } from '@/api/session';
import { draft } from '@/lib/draft';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { APPOINTMENT_DRAFT, NewAppointmentForm } from './NewAppointmentForm';
import { firstValues, type NewSlot, type PlannedWork } from './newAppointment';
import type { HeldSlot } from './openings/holdSlot';
import { appointmentQuery, patientQuery } from './queries';
import type { BookSetup } from './useBookSetup';

interface NewAppointmentDrawerProps {
  setup: BookSetup;
  /** The day of the book. */
  date: string;
  slot: NewSlot | null;
  /** The patient to book for, when the page was opened from a patient. */
  patientId: string | undefined;
  /** The appointment to book another one like. */
  copyId: string | undefined;
  /** The slot that was found and is kept. */
  held: HeldSlot | null;
  /** Planned work that is to be booked. */
  planned: PlannedWork | null;
  onBooked(date: string): void;
  onClose(): void;
}

export function NewAppointmentDrawer(props: NewAppointmentDrawerProps) {
  const { setup, date, slot, patientId, copyId, held, planned } = props;
  const onClose = () => {
    draft.clear(APPOINTMENT_DRAFT);
    props.onClose();
  };
  const onBooked = (booked: string) => {
    draft.clear(APPOINTMENT_DRAFT);
    props.onBooked(booked);
  };
  const { t } = useTranslation('scheduling');
  const { staff_id: staffId } = useSession();
  const patient = useQuery({ ...patientQuery(patientId ?? ''), enabled: patientId !== undefined });
  const original = useQuery({ ...appointmentQuery(copyId ?? ''), enabled: copyId !== undefined });
  const ready = (patientId === undefined || patient.data) && (copyId === undefined || original.data);
  const failed = [patient, original].find(({ error }) => error);
  const { doctors, chairs, branches } = setup;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={460}
      title={t(copyId ? 'form.copyTitle' : 'form.title')}
    >
      {ready ? (
        <NewAppointmentForm
          initial={firstValues({
            date,
            slot,
            held,
            planned,
            patient: patient.data ?? null,
            copyOf: original.data ?? null,
            chairs,
            ownDoctorId: doctors.some(({ id }) => id === staffId) ? staffId : null,
          })}
          heldUntil={held?.until ?? null}
          doctors={doctors}
          chairs={chairs}
          branches={branches}
          onBooked={onBooked}
          onCancel={onClose}
        />
      ) : failed ? (
        <ErrorState message={errorMessage(failed.error)} onRetry={() => void failed.refetch()} />
      ) : (
        <ListSkeleton rows={6} />
      )}
    </Drawer>
  );
}
