import { Modal, NumberInput, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { useSession } from '@/api/session';
import type { PlanItem, TreatmentPlan } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { MoneyField } from '@/ui/MoneyField';
import { planChanged } from './queries';
import { useDoctors } from './useDoctors';

interface ItemDialogProps {
  plan: TreatmentPlan;
  item: PlanItem;
  onClose: () => void;
}

const whole = (least: number, most: number) =>
  z
    .union([z.number(), z.string()])
    .transform(Number)
    .refine((value) => Number.isInteger(value) && value >= least && value <= most, {
      error: () => i18next.t('planning:field.range', { least, most }),
    });

/** The terms of an item. Another procedure or place is another item. */
export function ItemDialog({ plan, item, onClose }: ItemDialogProps) {
  const { t } = useTranslation('planning');
  const { name } = useFormat();
  const { clinic } = useSession();
  const can = useCan();
  const client = useQueryClient();
  const doctors = useDoctors();
  const priced = can('billing.discount') && Boolean(item.fee);
  const exponent = clinic.currency_exponent;
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: z.object({
      doctor_id: z.string().nullable(),
      quantity: whole(1, 999),
      fee: priced ? fields.amount(exponent) : z.string(),
      discount: priced ? fields.amount(exponent) : z.string(),
      covered_percent: whole(0, 100),
      sessions: whole(1, 50),
      minutes: whole(5, 6000),
      note: fields.optionalText(500),
    }),
    initialValues: {
      doctor_id: item.doctor?.id ?? null,
      quantity: item.quantity as number | string,
      fee: item.fee?.amount ?? '',
      discount: item.discount?.amount ?? '',
      covered_percent: item.covered_percent as number | string,
      sessions: item.sessions as number | string,
      minutes: item.minutes as number | string,
      note: item.note ?? '',
    },
    submit: async ({ fee, discount, note, quantity, ...values }) => {
      const money = (amount: string) => ({ amount, currency: clinic.currency });
      await api.patch<TreatmentPlan>(
        `/plan-items/${item.id}`,
        {
          ...values,
          ...(item.unit ? {} : { quantity }),
          note: note || null,
          ...(priced && fee !== item.fee?.amount ? { fee: money(fee) } : {}),
          ...(priced && discount !== item.discount?.amount ? { discount: money(discount) } : {}),
        },
        { version: item.version },
      );
      await planChanged(client, plan.patient_id);
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('edit.itemTitle', { what: name(item) })}>
      <form onSubmit={onSubmit} noValidate>
        <FormGrid>
          <Select
            {...form.getInputProps('doctor_id')}
            label={t('field.doctor')}
            placeholder={name(plan.doctor)}
            data={doctors.map((doctor) => ({ value: doctor.id, label: name(doctor) }))}
            clearable
            searchable
          />
          <FormGrid columns={2}>
            <NumberInput
              {...form.getInputProps('quantity')}
              label={t('field.quantity')}
              min={1}
              max={999}
              allowDecimal={false}
              disabled={Boolean(item.unit)}
            />
            <NumberInput
              {...form.getInputProps('sessions')}
              label={t('field.sessions')}
              min={1}
              max={50}
              allowDecimal={false}
            />
            <NumberInput
              {...form.getInputProps('minutes')}
              label={t('field.minutes')}
              min={5}
              max={6000}
              step={5}
              allowDecimal={false}
            />
            <NumberInput
              {...form.getInputProps('covered_percent')}
              label={t('field.covered')}
              min={0}
              max={100}
              suffix="%"
              allowDecimal={false}
            />
            {priced && (
              <>
                <MoneyField
                  {...form.getInputProps('fee')}
                  label={t('field.fee')}
                  currency={clinic.currency}
                />
                <MoneyField
                  {...form.getInputProps('discount')}
                  label={t('field.discount')}
                  currency={clinic.currency}
                />
              </>
            )}
          </FormGrid>
          <TextInput {...form.getInputProps('note')} label={t('field.itemNote')} />
          <FormFailure message={failure} />
          <FormActions submitLabel={t('edit.save')} submitting={submitting} onCancel={onClose} />
        </FormGrid>
      </form>
    </Modal>
  );
}
