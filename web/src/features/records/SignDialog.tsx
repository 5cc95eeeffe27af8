import { Checkbox, Modal } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { Visit } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import { NOTE_PARTS } from './notesMerge';
import { refreshVisit, visitQuery } from './queries';
import classes from './visit.module.css';

/** Names what can never be changed again before the signature is given. */
export default function SignDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation('records');
  const { name } = useFormat();
  const client = useQueryClient();
  const [complete, setComplete] = useState(Boolean(visit.appointment_id));
  const sign = useAction(
    (_: undefined, act) =>
      api.post<Visit>(
        `/visits/${visit.id}/sign`,
        { complete_appointment: complete },
        { ...act, version: visit.version },
      ),
    {
      onSuccess: (signed) => {
        client.setQueryData(visitQuery(visit.id).queryKey, signed);
        void client.invalidateQueries({ queryKey: ['appointments'] });
        void refreshVisit(client, visit);
        toast.done(t('sign.done'));
        onClose();
      },
      onError: (error) => {
        if (isApiError(error)) void refreshVisit(client, visit);
      },
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sign.mutate(undefined);
  };
  const missing = [
    NOTE_PARTS.every((part) => !visit.notes[part].trim()) && t('sign.noNotes'),
    visit.diagnoses.length === 0 && t('sign.noDiagnoses'),
  ].filter((words) => words !== false);
  return (
    <Modal opened onClose={onClose} title={t('sign.title')}>
      <form onSubmit={submit} className={classes.form}>
        <p className={classes.dialogText}>{t('sign.body', { patient: name(visit.patient) })}</p>
        <ul className={classes.dialogList}>
          <li>{t('sign.notes')}</li>
          <li>{t('sign.diagnoses', { count: visit.diagnoses.length })}</li>
          <li>{t('sign.procedures', { count: visit.procedures.length })}</li>
          <li>{t('sign.chart')}</li>
        </ul>
        <p className={classes.dialogText}>{t('sign.after')}</p>
        {missing.length > 0 && (
          <p className={classes.warning}>
            <IconAlertTriangle size={17} aria-hidden />
            <span>{missing.join(' ')}</span>
          </p>
        )}
        {visit.appointment_id && (
          <Checkbox
            checked={complete}
            onChange={(event) => setComplete(event.currentTarget.checked)}
            label={t('sign.complete')}
          />
        )}
        <FormFailure message={sign.error ? errorMessage(sign.error) : null} />
        <FormActions submitLabel={t('sign.confirm')} submitting={sign.isPending} onCancel={onClose} />
      </form>
    </Modal>
  );
}
