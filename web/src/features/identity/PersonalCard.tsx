import { Select, TextInput, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { sessionQuery, useSession } from '@/api/session';
import type { ThemeChoice } from '@/api/types';
import { fields } from '@/i18n/fields';
import { changeLocale, useLocale } from '@/i18n/i18n';
import { LOCALE_NAMES, LOCALES, type Locale } from '@/lib/locale';
import { Card } from '@/ui/Card';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { Code } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './identity.module.css';
import { oneNameGiven } from './names';

const THEMES = ['light', 'dark', 'auto'] as const satisfies readonly ThemeChoice[];

const schema = z
  .object({
    name_ar: fields.optionalText(120),
    name_en: fields.optionalText(120),
    locale: z.enum(['ar', 'en']),
    theme: z.enum(THEMES),
  })
  .superRefine(oneNameGiven);

export function PersonalCard() {
  const { t } = useTranslation(['identity', 'common']);
  const { account } = useSession();
  const locale = useLocale();
  const client = useQueryClient();
  const { setColorScheme } = useMantineColorScheme();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: {
      name_ar: account.name_ar ?? '',
      name_en: account.name_en ?? '',
      locale: account.locale ?? locale,
      theme: account.theme,
    },
    submit: async (values) => {
      await api.patch('/account', values, { version: undefined });
      client.setQueryData(sessionQuery.queryKey, (session) =>
        session ? { ...session, account: { ...session.account, ...values } } : session,
      );
      setColorScheme(values.theme);
      await changeLocale(values.locale as Locale);
      toast.done(t('profile.saved'));
    },
  });
  return (
    <Card title={t('profile.names')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <p className={classes.hint}>
          {t('profile.email')} <Code>{account.email}</Code>
        </p>
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('profile.nameAr')} lang="ar" />
          <TextInput {...form.getInputProps('name_en')} label={t('profile.nameEn')} lang="en" />
          <Select
            {...form.getInputProps('locale')}
            label={t('profile.language')}
            data={LOCALES.map((value) => ({ value, label: LOCALE_NAMES[value] }))}
            allowDeselect={false}
          />
          <Select
            {...form.getInputProps('theme')}
            label={t('profile.theme')}
            data={THEMES.map((value) => ({ value, label: t(`profile.${value}`) }))}
            allowDeselect={false}
          />
        </FormGrid>
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} />
      </form>
    </Card>
  );
}
