import { Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { InvitationMade } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { InvitationLink } from './InvitationLink';
import classes from './identity.module.css';
import { oneNameGiven } from './names';
import { invitationsQuery } from './queries';
import { ColourField, RolesField } from './StaffFields';

const schema = z
  .object({
    email: fields.email(),
    name_ar: fields.optionalText(120),
    name_en: fields.optionalText(120),
    role_ids: z.array(z.string()),
    colour: fields.text(7),
  })
  .superRefine(oneNameGiven);

export default function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['identity', 'common']);
  const client = useQueryClient();
  const [made, setMade] = useState<InvitationMade | null>(null);
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { email: '', name_ar: '', name_en: '', role_ids: [] as string[], colour: '#0b6b74' },
    submit: async (values) => {
      if (values.role_ids.length === 0) {
        form.setFieldError('role_ids', t('staff.rolesRequired'));
        return;
      }
      setMade(await api.post<InvitationMade>('/invitations', values));
      void client.invalidateQueries({ queryKey: invitationsQuery.queryKey });
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={made ? t('invite.made') : t('invite.title')}
      closeOnClickOutside={!made}
    >
      {made ? (
        <InvitationLink made={made} onClose={onClose} />
      ) : (
        <form onSubmit={onSubmit} noValidate className={classes.form}>
          <TextInput
            {...form.getInputProps('email')}
            label={t('signIn.email')}
            type="email"
            autoComplete="off"
            required
            data-autofocus
          />
          <FormGrid columns={2}>
            <TextInput {...form.getInputProps('name_ar')} label={t('profile.nameAr')} lang="ar" />
            <TextInput {...form.getInputProps('name_en')} label={t('profile.nameEn')} lang="en" />
            <RolesField {...form.getInputProps('role_ids')} />
            <ColourField {...form.getInputProps('colour')} />
          </FormGrid>
          <FormFailure message={failure} />
          <FormActions submitLabel={t('invite.submit')} submitting={submitting} onCancel={onClose} />
        </form>
      )}
    </Modal>
  );
}
