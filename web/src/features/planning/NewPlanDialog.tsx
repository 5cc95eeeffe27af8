import { Modal, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { useSession } from '@/api/session';
import type { PlanSuggestion, TreatmentPlan } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { PickedSuggestions, suggestionKey } from './PickedSuggestions';
import { suggestionsQuery } from './queries';
import { useDoctors } from './useDoctors';

interface NewPlanDialogProps {
  patientId: string;
  /** The plan to which this one is an alternative. */
  alternativeTo?: TreatmentPlan;
  onMade: (plan: TreatmentPlan) => void;
  onClose: () => void;
}

/** A new plan, begun from the findings that nothing is planned for yet. */
export function NewPlanDialog({ patientId, alternativeTo, onMade, onClose }: NewPlanDialogProps) {
  const { t } = useTranslation('planning');
  const { staff_id: staffId, roles } = useSession();
  const { name } = useFormat();
  const doctors = useDoctors();
  const suggestions = useQuery(suggestionsQuery(patientId));
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const make = useAction((body: Record<string, unknown>, act) =>
    api.post<TreatmentPlan>(`/patients/${patientId}/plans`, body, act),
  );
  const found: readonly PlanSuggestion[] = suggestions.data ?? [];
  const own = roles.includes('doctor') ? staffId : '';
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: z.object({
      name: fields.text(120),
      doctor_id: fields.choice(),
      covered_percent: z.union([z.number(), z.string()]).transform(Number),
      note: fields.optionalText(2000),
    }),
    initialValues: {
      name: alternativeTo ? alternativeTo.name : t('new.defaultName'),
      doctor_id: alternativeTo?.doctor.id ?? own,
      covered_percent: (alternativeTo?.covered_percent ?? 0) as number | string,
      note: '',
    },
    submit: async (values) => {
      const items = found
        .filter((suggestion) => !left.has(suggestionKey(suggestion)))
        .map(({ finding_event_id, tooth, surfaces, procedures }) => ({
          finding_event_id,
          procedure_id: procedures[0]?.procedure_id,
          ...(tooth ? { tooth, surfaces } : {}),
        }));
      const made = await make.mutateAsync({
        ...values,
        note: values.note || null,
        ...(alternativeTo ? { alternative_to: alternativeTo.id } : {}),
        items,
      });
      onMade(made);
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={alternativeTo ? t('new.alternativeTitle', { name: alternativeTo.name }) : t('new.title')}
    >
      <form onSubmit={onSubmit} noValidate>
        <FormGrid>
          <TextInput {...form.getInputProps('name')} label={t('field.name')} required data-autofocus />
          <FormGrid columns={2}>
            <Select
              {...form.getInputProps('doctor_id')}
              label={t('field.doctor')}
              data={doctors.map((doctor) => ({ value: doctor.id, label: name(doctor) }))}
              required
              searchable
            />
            <NumberInput
              {...form.getInputProps('covered_percent')}
              label={t('field.covered')}
              description={t('field.coveredHint')}
              min={0}
              max={100}
              suffix="%"
              allowDecimal={false}
            />
          </FormGrid>
          <Textarea {...form.getInputProps('note')} label={t('field.note')} autosize minRows={2} />
          <PickedSuggestions query={suggestions} left={left} onLeft={setLeft} />
          <FormFailure message={failure} />
          <FormActions submitLabel={t('new.submit')} submitting={submitting} onCancel={onClose} />
        </FormGrid>
      </form>
    </Modal>
  );
}
