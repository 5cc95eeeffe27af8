import { Drawer, Switch, TagsInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Drug } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './clinic.module.css';
import { oneNameGiven } from './names';

const schema = z
  .object({
    code: fields.text(40),
    name_ar: fields.optionalText(200),
    name_en: fields.optionalText(200),
    drug_class: fields.text(60),
    forms: z.array(z.string()),
    strengths: z.array(z.string()),
    active: z.boolean(),
  })
  .superRefine(oneNameGiven);

export default function DrugDrawer({ drug, onClose }: { drug: Drug | null; onClose: () => void }) {
  const { t } = useTranslation(['clinic', 'common']);
  const client = useQueryClient();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: {
      code: drug?.code ?? '',
      name_ar: drug?.name_ar ?? '',
      name_en: drug?.name_en ?? '',
      drug_class: drug?.drug_class ?? '',
      forms: drug?.forms ?? [],
      strengths: drug?.strengths ?? [],
      active: drug?.active ?? true,
    },
    submit: async ({ code, active, ...body }) => {
      if (drug) await api.patch<Drug>(`/drugs/${drug.id}`, { ...body, active }, { version: drug.version });
      else await api.post<Drug>('/drugs', { ...body, code });
      await client.invalidateQueries({ queryKey: ['clinic', 'drugs'] });
      toast.done(t('catalogue.saved'));
      onClose();
    },
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={drug ? t('drugs.edit') : t('drugs.new')}
    >
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('clinic.nameAr')} lang="ar" data-autofocus />
          <TextInput {...form.getInputProps('name_en')} label={t('clinic.nameEn')} lang="en" />
          <TextInput
            {...form.getInputProps('code')}
            label={t('catalogue.code')}
            dir="ltr"
            disabled={drug !== null}
            required
          />
          <TextInput {...form.getInputProps('drug_class')} label={t('catalogue.class')} dir="ltr" required />
        </FormGrid>
        {(['forms', 'strengths'] as const).map((list) => (
          <TagsInput
            key={list}
            {...form.getInputProps(list)}
            label={t(`catalogue.${list}`)}
            description={t('catalogue.listHint')}
            dir="ltr"
          />
        ))}
        {drug && (
          <Switch {...form.getInputProps('active', { type: 'checkbox' })} label={t('catalogue.active')} />
        )}
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Drawer>
  );
}
