import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useSession } from '@/api/session';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { NewAppointmentForm } from './NewAppointmentForm';
import { type NewSlot, valuesForSlot } from './newAppointment';
import { patientQuery } from './queries';
import type { Day } from './useDay';

interface NewAppointmentDrawerProps {
  day: Day;
  slot: NewSlot | null;
  /** The patient to book for, when the page was opened from a patient. */
  patientId: string | undefined;
  onBooked(date: string): void;
  onClose(): void;
}

export function NewAppointmentDrawer({ day, slot, patientId, onBooked, onClose }: NewAppointmentDrawerProps) {
  const { t } = useTranslation('scheduling');
  const { staff_id: staffId } = useSession();
  const patient = useQuery({ ...patientQuery(patientId ?? ''), enabled: patientId !== undefined });
  const ready = patientId === undefined || patient.data !== undefined;
  const { doctors, chairs, branches, appointments } = day.records;
  return (
    <Drawer opened onClose={onClose} position="right" size={460} title={t('form.title')}>
      {ready ? (
        <NewAppointmentForm
          initial={valuesForSlot({
            date: day.date,
            view: day.view,
            slotMinutes: day.clinic.slot_minutes,
            slot,
            patient: patient.data ?? null,
            appointments,
            chairs,
            ownDoctorId: doctors.some(({ id }) => id === staffId) ? staffId : null,
          })}
          doctors={doctors}
          chairs={chairs}
          branches={branches}
          dayStart={day.range.dayStart}
          dayEnd={day.range.dayEnd}
          onBooked={onBooked}
          onCancel={onClose}
        />
      ) : patient.error ? (
        <ErrorState message={errorMessage(patient.error)} onRetry={() => void patient.refetch()} />
      ) : (
        <ListSkeleton rows={6} />
      )}
    </Drawer>
  );
}
