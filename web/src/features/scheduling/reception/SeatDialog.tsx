import { Alert, Button, Modal, Select, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { Appointment, Chair } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import classes from '../appointment.module.css';
import { isTaken } from '../isTaken';
import type { Seating } from './useSeat';

interface SeatDialogProps {
  appointment: Appointment;
  /** The chairs of the branch. */
  chairs: readonly Chair[];
  occupants: ReadonlyMap<string, Appointment>;
  /** The chair to begin with. */
  chairId: string | null;
  /** Why it was refused. */
  error: Error | null;
  seating: boolean;
  onSeat(seating: Seating): void;
  onClose(): void;
}

/** Asks for the chair when there is none or somebody still sits in it, and why when another is booked then. */
export default function SeatDialog(props: SeatDialogProps) {
  const { appointment, chairs, occupants, error, seating, onSeat, onClose } = props;
  const { t } = useTranslation(['reception', 'scheduling']);
  const { name } = useFormat();
  const mayOverbook = useCan()('scheduling.overbook');
  const [chairId, setChairId] = useState(props.chairId);
  const [reason, setReason] = useState('');
  const asks = isTaken(error) && mayOverbook;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chairId) onSeat({ appointment, chairId, ...(asks ? { overbookReason: reason.trim() } : {}) });
  };
  return (
    <Modal opened onClose={onClose} title={t('seat.title', { patient: name(appointment.patient) })}>
      <form onSubmit={submit} className={classes.form}>
        <Select
          label={t('seat.chair')}
          data={chairs
            .filter(({ active, id }) => active || id === chairId)
            .map((chair) => {
              const there = occupants.get(chair.id);
              const label = there
                ? t('seat.occupied', { chair: name(chair), patient: name(there.patient) })
                : name(chair);
              return { value: chair.id, label };
            })}
          value={chairId}
          onChange={setChairId}
          allowDeselect={false}
          required
          data-autofocus
        />
        {error && (
          <Alert
            color="red"
            role="alert"
            icon={<IconAlertTriangle size={18} />}
            title={isTaken(error) ? t('scheduling:form.takenTitle') : undefined}
          >
            {errorMessage(error)}
          </Alert>
        )}
        {asks && (
          <TextInput
            label={t('scheduling:form.overbookReason')}
            description={t('seat.overbookHint')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={300}
          />
        )}
        <div className={classes.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t('scheduling:form.cancel')}
          </Button>
          <Button type="submit" loading={seating} disabled={!chairId}>
            {t(asks && reason.trim() ? 'seat.anyway' : 'seat.submit')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
