import { Modal, MultiSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Branch, Chair } from '@/api/types';
import { DateField } from '@/ui/dates';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './clinic.module.css';
import { placeSchema } from './placeFields';

export type EditedPlace =
  | { kind: 'branch'; place: Branch | null }
  | { kind: 'chair'; place: Chair | null; branchId: string; nextPosition: number };

const FEATURES = ['surgery', 'xray', 'child'] as const;

const outOfService = (values: {
  out: boolean;
  out_reason: string;
  out_from: string | null;
  out_until: string | null;
}) =>
  values.out
    ? { reason: values.out_reason, from: values.out_from || null, until: values.out_until || null }
    : null;

export default function PlaceDialog({ edited, onClose }: { edited: EditedPlace; onClose: () => void }) {
  const { t } = useTranslation(['clinic', 'common']);
  const client = useQueryClient();
  const { place } = edited;
  const branch = edited.kind === 'branch' ? edited.place : null;
  const chair = edited.kind === 'chair' ? edited.place : null;
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
      features: (chair?.features ?? []) as string[],
      out: Boolean(chair?.out_of_service),
      out_reason: chair?.out_of_service?.reason ?? '',
      out_from: chair?.out_of_service?.from ?? null,
      out_until: chair?.out_of_service?.until ?? null,
    },
    submit: async (values) => {
      const { name_ar, name_en, position, active } = values;
      const own =
        edited.kind === 'chair'
          ? { name_ar, name_en, position, features: values.features }
          : {
              name_ar,
              name_en,
              phone: values.phone || null,
              address_ar: values.address_ar || null,
              address_en: values.address_en || null,
            };
      const path = edited.kind === 'chair' ? '/chairs' : '/branches';
      const belongs = edited.kind === 'chair' ? { branch_id: edited.branchId } : {};
      const service = chair ? { out_of_service: outOfService(values) } : {};
      if (place) {
        await api.patch(`${path}/${place.id}`, { ...own, ...service, active }, { version: place.version });
      } else await api.post(path, { ...own, ...belongs });
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
          <>
            <NumberInput {...form.getInputProps('position')} label={t('branches.position')} min={0} />
            <MultiSelect
              {...form.getInputProps('features')}
              label={t('branches.features')}
              data={FEATURES.map((value) => ({ value, label: t(`branches.featureNames.${value}`) }))}
            />
          </>
        ) : (
          <>
            <TextInput {...form.getInputProps('phone')} label={t('clinic.phone')} type="tel" />
            <TextInput {...form.getInputProps('address_ar')} label={t('clinic.addressAr')} lang="ar" />
            <TextInput {...form.getInputProps('address_en')} label={t('clinic.addressEn')} lang="en" />
          </>
        )}
        {chair && (
          <Switch
            {...form.getInputProps('out', { type: 'checkbox' })}
            label={t('branches.out')}
            description={t('branches.outHint')}
          />
        )}
        {chair && form.values.out && (
          <>
            <TextInput {...form.getInputProps('out_reason')} label={t('branches.outReason')} required />
            <FormGrid columns={2}>
              <DateField {...form.getInputProps('out_from')} label={t('branches.outFrom')} />
              <DateField {...form.getInputProps('out_until')} label={t('branches.outUntil')} />
            </FormGrid>
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
