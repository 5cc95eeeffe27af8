import { Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import type { RecallDialogProps } from './RecallDialog';
import { overrideOf } from './recallForm';
import classes from './recalls.module.css';

const schema = z.object({ stopped_reason: fields.text(500) });

/** Recalls a patient no more, and says why. */
export default function StopDialog({ patientId, recall, onClose }: RecallDialogProps) {
  const { t } = useTranslation('recalls');
  const { name } = useFormat();
  const client = useQueryClient();
  const put = useAction((body: object, act) =>
    api.put(`/patients/${patientId}/recalls/${recall.recall_type_id}`, body, act),
  );
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { stopped_reason: '' },
    submit: async (values) => {
      await put.mutateAsync(overrideOf(recall, values));
      await client.invalidateQueries({ queryKey: ['patients', patientId, 'recalls'] });
      toast.done(t('patient.stopped'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('patient.stopOf', { name: name(recall) })}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <TextInput
          {...form.getInputProps('stopped_reason')}
          label={t('patient.reason')}
          placeholder={t('patient.reasonHint')}
          data-autofocus
        />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('patient.stop')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
