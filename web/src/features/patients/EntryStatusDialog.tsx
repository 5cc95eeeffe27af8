import { Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { EntryStatus, HistoryKind } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import type { HistoryLine } from './historyLines';
import classes from './patients.module.css';

interface EntryStatusDialogProps {
  line: HistoryLine;
  to: EntryStatus;
  kind: HistoryKind;
  patientId: string;
  onClose: () => void;
}

/** Nothing is deleted: an entry comes to its end or counts again, or was never true, with the reason. */
export default function EntryStatusDialog({ line, to, kind, patientId, onClose }: EntryStatusDialogProps) {
  const { t } = useTranslation(['patients', 'common']);
  const client = useQueryClient();
  const wrong = to === 'entered_in_error';
  const act = to === 'active' ? 'reopen' : 'resolve';
  const schema = useMemo(
    () => z.object({ reason: wrong ? fields.text(500) : fields.optionalText(500) }),
    [wrong],
  );
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { reason: '' },
    submit: async ({ reason }) => {
      await api.patch(
        `/patients/${patientId}/${kind}/${line.id}`,
        { status: to, ...(reason ? { reason } : {}) },
        { version: line.version },
      );
      await client.invalidateQueries({ queryKey: ['patients', patientId] });
      toast.done(t('common:state.saved'));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(wrong ? 'history.errorTitle' : `history.${kind}.${act}Title`, { name: line.title })}
    >
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <p className={classes.dialogText}>{t(wrong ? 'history.errorBody' : `history.${act}Body`)}</p>
        <Textarea
          {...form.getInputProps('reason')}
          label={wrong ? t('history.reason') : t('history.reasonOptional')}
          required={wrong}
          autosize
          minRows={2}
          data-autofocus
        />
        <FormFailure message={failure} />
        <FormActions
          submitLabel={t(wrong ? 'history.enteredInError' : `history.${kind}.${act}`)}
          submitting={submitting}
          onCancel={onClose}
        />
      </form>
    </Modal>
  );
}
