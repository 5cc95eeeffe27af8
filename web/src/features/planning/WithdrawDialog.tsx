import { Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { TreatmentPlan } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { planChanged } from './queries';

/** A plan is given up with a reason; what is done of it stays done. */
export function WithdrawDialog({ plan, onClose }: { plan: TreatmentPlan; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const client = useQueryClient();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: z.object({ reason: fields.text(500) }),
    initialValues: { reason: '' },
    submit: async (values) => {
      await api.post<TreatmentPlan>(`/plans/${plan.id}/withdraw`, values);
      await planChanged(client, plan.patient_id);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('withdraw.title', { name: plan.name })}>
      <form onSubmit={onSubmit} noValidate>
        <FormGrid>
          <p>{t('withdraw.body')}</p>
          <TextInput {...form.getInputProps('reason')} label={t('withdraw.reason')} required data-autofocus />
          <FormFailure message={failure} />
          <FormActions submitLabel={t('withdraw.submit')} submitting={submitting} onCancel={onClose} />
        </FormGrid>
      </form>
    </Modal>
  );
}
