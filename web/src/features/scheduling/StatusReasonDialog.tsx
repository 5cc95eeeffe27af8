import { Button, Checkbox, Modal, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment, AppointmentStatus } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import classes from './appointment.module.css';
import type { StatusReason } from './useChangeStatus';

const LONGEST_REASON = 300;

interface StatusReasonDialogProps {
  appointment: Appointment;
  status: AppointmentStatus;
  onConfirm(reason: StatusReason): void;
  onClose(): void;
}

/** Asks once why an appointment is cancelled or taken a step back, and names what will happen. */
export function StatusReasonDialog({ appointment, status, onConfirm, onClose }: StatusReasonDialogProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const { name: nameOf } = useFormat();
  const [reason, setReason] = useState('');
  const [wantsAnother, setWantsAnother] = useState(true);
  const cancelling = status === 'cancelled';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reason.trim()) return;
    onConfirm({ reason: reason.trim(), ...(cancelling ? { follow_up: wantsAnother } : {}) });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('statusMenu.reasonTitle', {
        patient: nameOf(appointment.patient),
        status: t(`common:status.${status}`),
      })}
    >
      <form onSubmit={submit}>
        <Textarea
          label={t('statusMenu.reason')}
          placeholder={t(cancelling ? 'statusMenu.cancelReasonHint' : 'statusMenu.backReasonHint')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={LONGEST_REASON}
          autosize
          minRows={2}
          required
          data-autofocus
        />
        {cancelling && (
          <Checkbox
            mt="sm"
            label={t('statusMenu.wantsAnother')}
            description={t('statusMenu.wantsAnotherHint')}
            checked={wantsAnother}
            onChange={(event) => setWantsAnother(event.currentTarget.checked)}
          />
        )}
        <div className={classes.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t('statusMenu.keep')}
          </Button>
          <Button type="submit" disabled={!reason.trim()} {...(cancelling ? { color: 'red.9' } : {})}>
            {t(cancelling ? 'statusMenu.cancelAppointment' : 'statusMenu.stepBack')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
