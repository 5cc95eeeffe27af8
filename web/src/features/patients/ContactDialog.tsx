import { Autocomplete, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { PatientContact } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure } from '@/ui/form';
import classes from './patients.module.css';

const schema = z.object({ name: fields.text(), relationship: fields.text(60), phone: fields.phone() });
type Contact = z.output<typeof schema>;

const RELATIVES = [
  'mother',
  'father',
  'husband',
  'wife',
  'son',
  'daughter',
  'brother',
  'sister',
  'friend',
] as const;

export default function ContactDialog({ patientId, onClose }: { patientId: string; onClose: () => void }) {
  const { t } = useTranslation('patients');
  const client = useQueryClient();
  const add = useAction((contact: Contact, act) =>
    api.post<PatientContact>(`/patients/${patientId}/contacts`, contact, act),
  );
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { name: '', relationship: '', phone: '' },
    submit: async (contact) => {
      await add.mutateAsync(contact);
      void client.invalidateQueries({ queryKey: ['patients', patientId] });
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('contacts.newTitle')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <TextInput
          {...form.getInputProps('name')}
          label={t('form.name')}
          autoComplete="off"
          required
          data-autofocus
        />
        <Autocomplete
          {...form.getInputProps('relationship')}
          label={t('contacts.relationship')}
          data={RELATIVES.map((relative) => t(`contacts.relative.${relative}`))}
          required
        />
        <TextInput
          {...form.getInputProps('phone')}
          label={t('form.phone')}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          required
        />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('contacts.add')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
