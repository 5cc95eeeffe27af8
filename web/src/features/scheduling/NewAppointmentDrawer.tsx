import { Button, Drawer } from '@mantine/core';
import { IconCalendarOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useSession } from '@/api/session';
import { draft } from '@/lib/draft';
import { useFormat } from '@/lib/format-context';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import classes from './appointment.module.css';
import { APPOINTMENT_DRAFT, NewAppointmentForm } from './NewAppointmentForm';
import { firstValues, type NewSlot, type PlannedWork } from './newAppointment';
import { OfferButton } from './OfferButton';
import { drawnSlot } from './offers';
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
  /** The time that was chosen is not for a patient. */
  onBlock(): void;
  onBooked(date: string): void;
  onClose(): void;
}

export function NewAppointmentDrawer(props: NewAppointmentDrawerProps) {
  const { setup, date, slot, patientId, copyId, held, planned, onBlock } = props;
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
      {slot && <OtherUses slot={slot} setup={setup} onBlock={onBlock} onFilled={onClose} />}
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

interface OtherUsesProps {
  slot: NewSlot;
  setup: BookSetup;
  onBlock(): void;
  onFilled(): void;
}

/** What else may be done with free time than to book it: block it, or offer it to who waits. */
function OtherUses({ slot, setup, onBlock, onFilled }: OtherUsesProps) {
  const { t } = useTranslation('scheduling');
  const { timeZone } = useFormat();
  return (
    <div className={classes.otherUses}>
      <Button variant="default" leftSection={<IconCalendarOff size={16} />} onClick={onBlock}>
        {t('blocks.thisTime')}
      </Button>
      <OfferButton slot={drawnSlot(slot, setup, timeZone, Date.now())} onFilled={onFilled} />
    </div>
  );
}
