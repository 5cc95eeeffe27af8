import { Modal, NumberInput, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Branch, Chair } from '@/api/types';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './clinic.module.css';
import { placeSchema } from './placeFields';

export type EditedPlace =
  | { kind: 'branch'; place: Branch | null }
  | { kind: 'chair'; place: Chair | null; branchId: string; nextPosition: number };

export default function PlaceDialog({ edited, onClose }: { edited: EditedPlace; onClose: () => void }) {
  const { t } = useTranslation(['clinic', 'common']);
  const client = useQueryClient();
  const { place } = edited;
  const branch = edited.kind === 'branch' ? edited.place : null;
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: placeSchema,
    initialValues: {
      name_ar: place?.name_ar ?? '',
      name_en: place?.name_en ?? '',
      phone: branch?.phone ?? '',
      address_ar: branch?.address_ar ?? '',
      address_en: branch?.address_en ?? '',
      position: edited.kind === 'chair' ? (edited.place?.position ?? edited.nextPosition) : 0,
      active: place?.active ?? true,
    },
    submit: async (values) => {
      const { name_ar, name_en, position, active } = values;
      const own =
        edited.kind === 'chair'
          ? { name_ar, name_en, position }
          : {
              name_ar,
              name_en,
              phone: values.phone || null,
              address_ar: values.address_ar || null,
              address_en: values.address_en || null,
            };
      const path = edited.kind === 'chair' ? '/chairs' : '/branches';
      const belongs = edited.kind === 'chair' ? { branch_id: edited.branchId } : {};
      if (place) await api.patch(`${path}/${place.id}`, { ...own, active }, { version: place.version });
      else await api.post(path, { ...own, ...belongs });
      await client.invalidateQueries({ queryKey: ['clinic'] });
      toast.done(t('branches.saved'));
      onClose();
    },
  });
  const titles = {
    branch: place ? t('branches.edit') : t('branches.new'),
    chair: place ? t('branches.editChair') : t('branches.newChair'),
  };
  return (
    <Modal opened onClose={onClose} title={titles[edited.kind]}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('clinic.nameAr')} lang="ar" data-autofocus />
          <TextInput {...form.getInputProps('name_en')} label={t('clinic.nameEn')} lang="en" />
        </FormGrid>
        {edited.kind === 'chair' ? (
          <NumberInput {...form.getInputProps('position')} label={t('branches.position')} min={0} />
        ) : (
          <>
            <TextInput {...form.getInputProps('phone')} label={t('clinic.phone')} type="tel" />
            <TextInput {...form.getInputProps('address_ar')} label={t('clinic.addressAr')} lang="ar" />
            <TextInput {...form.getInputProps('address_en')} label={t('clinic.addressEn')} lang="en" />
          </>
        )}
        {place && (
          <Switch
            {...form.getInputProps('active', { type: 'checkbox' })}
            label={t('branches.active')}
            description={t('branches.activeHint')}
          />
        )}
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
