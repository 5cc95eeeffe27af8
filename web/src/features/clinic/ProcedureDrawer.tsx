import { Drawer, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { useSession } from '@/api/session';
import type { Procedure } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { MoneyField } from '@/ui/MoneyField';
import { toast } from '@/ui/toast';
import { CATEGORIES, categoryName } from './categories';
import classes from './clinic.module.css';
import { oneNameGiven } from './names';

const SCOPES = ['mouth', 'arch', 'quadrant', 'tooth', 'surface', 'unit'] as const;
const TAXES = ['exempt', 'zero', 'standard'] as const;

const schemaFor = (exponent: number) =>
  z
    .object({
      code: fields.text(20),
      name_ar: fields.optionalText(200),
      name_en: fields.optionalText(200),
      category: fields.choice(),
      scope: fields.choice(),
      price: fields.amount(exponent),
      minutes: z.coerce.number<number | string>().int(),
      tax_code: fields.choice(),
      active: z.boolean(),
    })
    .superRefine(oneNameGiven);

export default function ProcedureDrawer(props: { procedure: Procedure | null; onClose: () => void }) {
  const { procedure, onClose } = props;
  const { t } = useTranslation(['clinic', 'common']);
  const { clinic } = useSession();
  const client = useQueryClient();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: schemaFor(clinic.currency_exponent),
    initialValues: {
      code: procedure?.code ?? '',
      name_ar: procedure?.name_ar ?? '',
      name_en: procedure?.name_en ?? '',
      category: procedure?.category ?? 'restorative',
      scope: procedure?.scope ?? ('tooth' as string),
      price: procedure?.price?.amount ?? '',
      minutes: (procedure?.minutes ?? 30) as number | string,
      tax_code: procedure?.tax_code ?? ('exempt' as string),
      active: procedure?.active ?? true,
    },
    submit: async ({ code, active, price, ...rest }) => {
      const body = { ...rest, price: { amount: price, currency: clinic.currency } };
      if (procedure) {
        const version = procedure.version;
        await api.patch<Procedure>(`/procedures/${procedure.id}`, { ...body, active }, { version });
      } else await api.post<Procedure>('/procedures', { ...body, code });
      await client.invalidateQueries({ queryKey: ['clinic', 'procedures'] });
      toast.done(t('catalogue.saved'));
      onClose();
    },
  });
  const categories = [...new Set([...CATEGORIES, ...(procedure ? [procedure.category] : [])])];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={procedure ? t('procedures.edit') : t('procedures.new')}
    >
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('clinic.nameAr')} lang="ar" data-autofocus />
          <TextInput {...form.getInputProps('name_en')} label={t('clinic.nameEn')} lang="en" />
          <TextInput
            {...form.getInputProps('code')}
            label={t('catalogue.code')}
            dir="ltr"
            disabled={procedure !== null}
            required
          />
          <Select
            {...form.getInputProps('category')}
            label={t('catalogue.category')}
            data={categories.map((value) => ({ value, label: categoryName(value) }))}
            allowDeselect={false}
          />
          <MoneyField
            {...form.getInputProps('price')}
            label={t('catalogue.price')}
            currency={clinic.currency}
            required
          />
          <NumberInput {...form.getInputProps('minutes')} label={t('catalogue.minutes')} min={1} max={720} />
          <Select
            {...form.getInputProps('scope')}
            label={t('catalogue.scope')}
            data={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))}
            allowDeselect={false}
          />
          <Select
            {...form.getInputProps('tax_code')}
            label={t('catalogue.tax')}
            data={TAXES.map((value) => ({ value, label: t(`tax.${value}`) }))}
            allowDeselect={false}
          />
        </FormGrid>
        {procedure && (
          <Switch {...form.getInputProps('active', { type: 'checkbox' })} label={t('catalogue.active')} />
        )}
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Drawer>
  );
}
