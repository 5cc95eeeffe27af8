import { Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { TreatmentPlan } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { planChanged } from './queries';
import { useDoctors } from './useDoctors';

/** The name, doctor, note and insurer's share of a plan, and what its phases are called. */
export function EditPlanDialog({ plan, onClose }: { plan: TreatmentPlan; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const { name, number } = useFormat();
  const client = useQueryClient();
  const doctors = useDoctors();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: z.object({
      name: fields.text(120),
      doctor_id: fields.choice(),
      covered_percent: z.union([z.number(), z.string()]).transform(Number),
      note: fields.optionalText(2000),
      phases: z.array(fields.optionalText(120)),
    }),
    initialValues: {
      name: plan.name,
      doctor_id: plan.doctor.id,
      covered_percent: plan.covered_percent as number | string,
      note: plan.note ?? '',
      phases: plan.phases.map((phase) => phase.name ?? ''),
    },
    submit: async ({ phases, note, ...values }) => {
      const named = plan.phases
        .map((phase, at) => ({ number: phase.number, name: phases[at] ?? '' }))
        .filter((phase) => phase.name !== '');
      await api.patch<TreatmentPlan>(
        `/plans/${plan.id}`,
        { ...values, note: note || null, phases: named },
        { version: plan.version },
      );
      await planChanged(client, plan.patient_id);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('edit.title')}>
      <form onSubmit={onSubmit} noValidate>
        <FormGrid>
          <TextInput {...form.getInputProps('name')} label={t('field.name')} required data-autofocus />
          <FormGrid columns={2}>
            <Select
              {...form.getInputProps('doctor_id')}
              label={t('field.doctor')}
              data={doctors.map((doctor) => ({ value: doctor.id, label: name(doctor) }))}
              searchable
            />
            <NumberInput
              {...form.getInputProps('covered_percent')}
              label={t('field.covered')}
              min={0}
              max={100}
              suffix="%"
              allowDecimal={false}
            />
          </FormGrid>
          {plan.phases.map((phase, at) => (
            <TextInput
              key={phase.number}
              {...form.getInputProps(`phases.${at}`)}
              label={t('edit.phase', { number: number(phase.number) })}
              placeholder={t('edit.phaseHint')}
            />
          ))}
          <Textarea {...form.getInputProps('note')} label={t('field.note')} autosize minRows={2} />
          <FormFailure message={failure} />
          <FormActions submitLabel={t('edit.save')} submitting={submitting} onCancel={onClose} />
        </FormGrid>
      </form>
    </Modal>
  );
}
