import { MultiSelect, NumberInput, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { sessionQuery } from '@/api/session';
import type { Clinic } from '@/api/types';
import { fields } from '@/i18n/fields';
import { countryOptions, currencyOptions, zoneOptions } from '@/lib/countries';
import { toLatinDigits } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { LOCALE_NAMES, LOCALES } from '@/lib/locale';
import { Card } from '@/ui/Card';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { useSlots } from '@/ui/slots';
import { toast } from '@/ui/toast';
import classes from './clinic.module.css';
import { oneNameGiven } from './names';
import { clinicQuery } from './queries';
import { WEEK_DAYS } from './weekHours';

const whole = () => z.coerce.number<number | string>().int();
const schema = z
  .object({
    name_ar: fields.optionalText(120),
    name_en: fields.optionalText(120),
    country: fields.choice(),
    currency: fields.choice(),
    time_zone: fields.choice(),
    tax_number: fields.optionalText(40),
    default_tax_percent: fields.text(6).transform(toLatinDigits),
    phone: fields.optionalPhone(),
    email: fields.optionalEmail(),
    address_ar: fields.optionalText(400),
    address_en: fields.optionalText(400),
    languages: z.array(z.string()),
    digits: z.string(),
    chart_colours: z.string(),
    week_start: z.string(),
    weekend: z.array(z.string()),
    slot_minutes: z.string().transform(Number),
    late_cancel_hours: whole(),
    waiting_amber_minutes: whole(),
    waiting_red_minutes: whole(),
    session_idle_minutes: whole(),
    session_absolute_hours: whole(),
  })
  .superRefine(oneNameGiven);
type Values = z.input<typeof schema>;

const TEXTS = ['tax_number', 'phone', 'email', 'address_ar', 'address_en'] as const;

function valuesOf(clinic: Clinic): Values {
  const { id: _, version: __, logo_url: ___, currency_exponent: ____, ...shown } = clinic;
  const texts = Object.fromEntries(TEXTS.map((key) => [key, clinic[key] ?? ''])) as Record<
    (typeof TEXTS)[number],
    string
  >;
  return {
    ...shown,
    ...texts,
    name_ar: clinic.name_ar ?? '',
    name_en: clinic.name_en ?? '',
    slot_minutes: String(clinic.slot_minutes),
  };
}

export function ClinicForm({ clinic: opened, editable }: { clinic: Clinic; editable: boolean }) {
  const { t } = useTranslation(['clinic', 'common']);
  const { locale } = useFormat();
  const client = useQueryClient();
  const { ChartColoursField } = useSlots();
  // As it was when the form opened: a change by someone else meanwhile must be refused, not overwritten.
  const [clinic, setClinic] = useState(opened);
  const { form, failure, submitting, onSubmit } = useApiForm<Values, z.output<typeof schema>>({
    schema,
    initialValues: valuesOf(clinic),
    submit: async (values) => {
      const texts = Object.fromEntries(TEXTS.map((key) => [key, values[key] || null]));
      const saved = await api.patch<Clinic>('/clinic', { ...values, ...texts }, { version: clinic.version });
      setClinic(saved);
      client.setQueryData(clinicQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
      toast.done(t('clinic.saved'));
    },
  });
  const field = (name: keyof Values) => ({ ...form.getInputProps(name), disabled: !editable });
  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <Card title={t('clinic.identity')}>
        <FormGrid columns={2}>
          <TextInput {...field('name_ar')} label={t('clinic.nameAr')} lang="ar" />
          <TextInput {...field('name_en')} label={t('clinic.nameEn')} lang="en" />
          <TextInput {...field('address_ar')} label={t('clinic.addressAr')} lang="ar" />
          <TextInput {...field('address_en')} label={t('clinic.addressEn')} lang="en" />
          <TextInput {...field('phone')} label={t('clinic.phone')} type="tel" />
          <TextInput {...field('email')} label={t('clinic.email')} type="email" />
        </FormGrid>
      </Card>
      <Card title={t('clinic.region')}>
        <FormGrid columns={3}>
          <Select
            {...field('country')}
            label={t('clinic.country')}
            data={countryOptions(locale, clinic.country)}
            searchable
            allowDeselect={false}
          />
          <Select
            {...field('currency')}
            label={t('clinic.currency')}
            data={currencyOptions(locale, clinic.currency)}
            searchable
            allowDeselect={false}
          />
          <Select
            {...field('time_zone')}
            label={t('clinic.zone')}
            data={zoneOptions(clinic.time_zone)}
            searchable
            allowDeselect={false}
          />
          <TextInput {...field('tax_number')} label={t('clinic.taxNumber')} dir="ltr" />
          <TextInput {...field('default_tax_percent')} label={t('clinic.taxPercent')} inputMode="decimal" />
        </FormGrid>
      </Card>
      <Card title={t('clinic.week')}>
        <FormGrid columns={2}>
          <MultiSelect
            {...field('languages')}
            label={t('clinic.languages')}
            data={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
          />
          <Select
            {...field('digits')}
            label={t('clinic.digits')}
            data={(['latin', 'arabic'] as const).map((value) => ({ value, label: t(`clinic.${value}`) }))}
            allowDeselect={false}
          />
          <Select
            {...field('week_start')}
            label={t('clinic.weekStart')}
            data={(['saturday', 'sunday', 'monday'] as const).map((value) => ({
              value,
              label: t(`day.${value}`),
            }))}
            allowDeselect={false}
          />
          <MultiSelect
            {...field('weekend')}
            label={t('clinic.weekend')}
            data={WEEK_DAYS.map((value) => ({ value, label: t(`day.${value}`) }))}
          />
        </FormGrid>
      </Card>
      <Card title={t('clinic.limits')}>
        <FormGrid columns={3}>
          <Select
            {...field('slot_minutes')}
            label={t('clinic.slot')}
            data={['5', '10', '15', '20', '30']}
            allowDeselect={false}
          />
          <NumberInput {...field('late_cancel_hours')} label={t('clinic.lateCancel')} min={0} max={168} />
          <NumberInput {...field('waiting_amber_minutes')} label={t('clinic.amber')} min={1} max={720} />
          <NumberInput {...field('waiting_red_minutes')} label={t('clinic.red')} min={1} max={720} />
          <NumberInput {...field('session_idle_minutes')} label={t('clinic.idle')} min={5} max={720} />
          <NumberInput {...field('session_absolute_hours')} label={t('clinic.absolute')} min={1} max={168} />
        </FormGrid>
      </Card>
      <Card title={t('clinic.chart')}>
        <ChartColoursField
          value={form.values.chart_colours}
          onChange={(colours) => form.setFieldValue('chart_colours', colours)}
          disabled={!editable}
        />
      </Card>
      <FormFailure message={failure} />
      {editable && <FormActions submitLabel={t('common:action.save')} submitting={submitting} />}
    </form>
  );
}
