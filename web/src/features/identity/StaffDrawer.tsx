import { Drawer, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Staff } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './identity.module.css';
import { oneNameGiven } from './names';
import { ColourField, RolesField } from './StaffFields';
import { StaffPhoto } from './StaffPhoto';

const schema = z
  .object({
    name_ar: fields.optionalText(120),
    name_en: fields.optionalText(120),
    role_ids: z.array(z.string()),
    colour: fields.text(7),
    phone: fields.optionalPhone(),
    specialty_ar: fields.optionalText(120),
    specialty_en: fields.optionalText(120),
    active: z.boolean(),
  })
  .superRefine(oneNameGiven);

export default function StaffDrawer({ staff: opened, onClose }: { staff: Staff; onClose: () => void }) {
  const { t } = useTranslation(['identity', 'common']);
  const client = useQueryClient();
  // A change by someone else meanwhile must be refused, not overwritten: only one's own photo moves the version on.
  const [staff, setStaff] = useState(opened);
  const refresh = () => client.invalidateQueries({ queryKey: ['clinic', 'staff'] });
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: {
      name_ar: staff.name_ar ?? '',
      name_en: staff.name_en ?? '',
      role_ids: staff.role_ids,
      colour: staff.colour,
      phone: staff.phone ?? '',
      specialty_ar: staff.specialty_ar ?? '',
      specialty_en: staff.specialty_en ?? '',
      active: staff.active,
    },
    submit: async (values) => {
      const change = {
        ...values,
        phone: values.phone || null,
        specialty_ar: values.specialty_ar || null,
        specialty_en: values.specialty_en || null,
      };
      await api.patch<Staff>(`/staff/${staff.id}`, change, { version: staff.version });
      await refresh();
      void client.invalidateQueries({ queryKey: ['clinic', 'roles'] });
      toast.done(t('staff.saved'));
      onClose();
    },
  });
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title={t('staff.editTitle')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <StaffPhoto
          staff={staff}
          onChanged={(changed) => {
            setStaff({ ...staff, photo_url: changed.photo_url, version: changed.version });
            void refresh();
          }}
        />
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('profile.nameAr')} lang="ar" />
          <TextInput {...form.getInputProps('name_en')} label={t('profile.nameEn')} lang="en" />
        </FormGrid>
        <RolesField {...form.getInputProps('role_ids')} />
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('specialty_ar')} label={t('staff.specialtyAr')} lang="ar" />
          <TextInput {...form.getInputProps('specialty_en')} label={t('staff.specialtyEn')} lang="en" />
          <TextInput {...form.getInputProps('phone')} label={t('staff.phone')} type="tel" />
          <ColourField {...form.getInputProps('colour')} />
        </FormGrid>
        <Switch
          {...form.getInputProps('active', { type: 'checkbox' })}
          label={t('staff.active')}
          description={t('staff.activeHint')}
        />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Drawer>
  );
}
