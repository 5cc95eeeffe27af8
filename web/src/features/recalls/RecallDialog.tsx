import { Modal, NumberInput, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { PatientRecall } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { DateField } from '@/ui/dates';
import { FormActions, FormFailure } from '@/ui/form';
import { DateText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { overrideOf, overrideSchema } from './recallForm';
import classes from './recalls.module.css';

export interface RecallDialogProps {
  patientId: string;
  recall: PatientRecall;
  onClose: () => void;
}

/** Sets a patient's own date or interval; what is emptied is calculated again. */
export default function RecallDialog({ patientId, recall, onClose }: RecallDialogProps) {
  const { t } = useTranslation(['recalls', 'common']);
  const { name, today } = useFormat();
  const client = useQueryClient();
  const put = useAction((body: object, act) =>
    api.put(`/patients/${patientId}/recalls/${recall.recall_type_id}`, body, act),
  );
  const { form, failure, submitting, onSubmit } = useApiForm<
    z.input<typeof overrideSchema>,
    z.output<typeof overrideSchema>
  >({
    schema: overrideSchema,
    initialValues: {
      set_due_on: recall.set_due_on ?? null,
      interval_months: recall.own_interval ? recall.interval_months : '',
      note: recall.note,
    },
    submit: async ({ set_due_on, interval_months, note }) => {
      const own = interval_months === '' ? null : interval_months;
      await put.mutateAsync(
        overrideOf(recall, { set_due_on: set_due_on || null, interval_months: own, note }),
      );
      await client.invalidateQueries({ queryKey: ['patients', patientId, 'recalls'] });
      toast.done(t('common:state.saved'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('patient.changeOf', { name: name(recall) })}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <p className={classes.facts}>
          {t('patient.calculated')}{' '}
          {recall.calculated_due_on ? <DateText value={recall.calculated_due_on} /> : t('state.never')}
        </p>
        <DateField
          {...form.getInputProps('set_due_on')}
          label={t('patient.setField')}
          minDate={recall.set_due_on && recall.set_due_on < today() ? recall.set_due_on : today()}
        />
        <NumberInput
          {...form.getInputProps('interval_months')}
          label={t('patient.intervalField')}
          description={t('patient.intervalHint')}
          min={1}
          max={60}
          allowDecimal={false}
        />
        <Textarea {...form.getInputProps('note')} label={t('patient.note')} autosize minRows={2} />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
