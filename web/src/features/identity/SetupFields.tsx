import { MultiSelect, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useLocale } from '@/i18n/i18n';
import { COUNTRIES, countryOptions, currencyOptions, zoneOptions } from '@/lib/countries';
import { LOCALE_NAMES, LOCALES } from '@/lib/locale';
import { FormGrid } from '@/ui/form';
import classes from './identity.module.css';
import { chairNames, type SetupValues, type STEPS } from './setupForm';

type Form = UseFormReturnType<SetupValues>;

export function SetupFields({ step, form }: { step: (typeof STEPS)[number]; form: Form }) {
  const { t } = useTranslation('identity');
  if (step === 'code') {
    return (
      <TextInput
        {...form.getInputProps('code')}
        label={t('setup.code')}
        description={t('setup.codeHint')}
        dir="ltr"
        autoComplete="off"
        required
      />
    );
  }
  if (step === 'clinic') return <ClinicFields form={form} />;
  if (step === 'places') return <PlaceFields form={form} />;
  return (
    <>
      <p className={classes.hint}>{t('setup.adminHint')}</p>
      <FormGrid columns={2}>
        <TextInput {...form.getInputProps('admin.name_ar')} label={t('profile.nameAr')} lang="ar" />
        <TextInput {...form.getInputProps('admin.name_en')} label={t('profile.nameEn')} lang="en" />
      </FormGrid>
      <TextInput
        {...form.getInputProps('admin.email')}
        label={t('setup.email')}
        type="email"
        autoComplete="username"
        required
      />
      <PasswordInput
        {...form.getInputProps('admin.password')}
        label={t('signIn.password')}
        description={t('password.rulesAlone')}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        required
      />
    </>
  );
}

function ClinicFields({ form }: { form: Form }) {
  const { t } = useTranslation('identity');
  const locale = useLocale();
  const suggest = (country: string | null) => {
    const known = COUNTRIES.find(([code]) => code === country);
    if (!country) return;
    form.setFieldValue('clinic.country', country);
    if (known) {
      form.setFieldValue('clinic.currency', known[1]);
      form.setFieldValue('clinic.time_zone', known[2]);
    }
  };
  return (
    <FormGrid columns={2}>
      <TextInput {...form.getInputProps('clinic.name_ar')} label={t('setup.clinicAr')} lang="ar" />
      <TextInput {...form.getInputProps('clinic.name_en')} label={t('setup.clinicEn')} lang="en" />
      <Select
        {...form.getInputProps('clinic.country')}
        onChange={suggest}
        label={t('setup.country')}
        data={countryOptions(locale)}
        searchable
        allowDeselect={false}
      />
      <Select
        {...form.getInputProps('clinic.currency')}
        label={t('setup.currency')}
        data={currencyOptions(locale)}
        searchable
        allowDeselect={false}
      />
      <Select
        {...form.getInputProps('clinic.time_zone')}
        label={t('setup.zone')}
        data={zoneOptions(form.values.clinic.time_zone)}
        searchable
        allowDeselect={false}
      />
      <MultiSelect
        {...form.getInputProps('clinic.languages')}
        label={t('setup.languages')}
        data={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
      />
    </FormGrid>
  );
}

function PlaceFields({ form }: { form: Form }) {
  const { t } = useTranslation('identity');
  const { chairs } = form.values;
  const resize = (count: number | string) => {
    const wanted = Math.min(60, Math.max(1, Math.trunc(Number(count)) || 1));
    form.setFieldValue(
      'chairs',
      Array.from({ length: wanted }, (_, n) => chairs[n] ?? chairNames(n + 1)),
    );
  };
  return (
    <FormGrid columns={2}>
      <TextInput {...form.getInputProps('branch.name_ar')} label={t('setup.branchAr')} lang="ar" />
      <TextInput {...form.getInputProps('branch.name_en')} label={t('setup.branchEn')} lang="en" />
      <NumberInput label={t('setup.chairs')} value={chairs.length} onChange={resize} min={1} max={60} />
      <span />
      {chairs.flatMap((_, n) => [
        <TextInput
          // biome-ignore lint/suspicious/noArrayIndexKey: a chair has no other name than its place yet
          key={`ar-${n}`}
          {...form.getInputProps(`chairs.${n}.name_ar`)}
          label={t('setup.chairAr', { number: n + 1 })}
          lang="ar"
        />,
        <TextInput
          // biome-ignore lint/suspicious/noArrayIndexKey: a chair has no other name than its place yet
          key={`en-${n}`}
          {...form.getInputProps(`chairs.${n}.name_en`)}
          label={t('setup.chairEn', { number: n + 1 })}
          lang="en"
        />,
      ])}
    </FormGrid>
  );
}
