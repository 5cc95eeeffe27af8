import { Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { WorklistItem } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './worklists.module.css';

const schema = z.object({ reason: fields.text(300) });

/** Takes a patient off a list who does not want another appointment, with the reason. */
export default function DismissDialog({ item, onClose }: { item: WorklistItem; onClose: () => void }) {
  const { t } = useTranslation('worklists');
  const { name } = useFormat();
  const client = useQueryClient();
  const dismiss = useAction((body: object, act) =>
    api.post(`/appointments/${item.appointment_id}/dismiss-follow-up`, body, act),
  );
  const { form, failure, submitting, onSubmit } = useApiForm<z.input<typeof schema>, z.output<typeof schema>>(
    {
      schema,
      initialValues: { reason: '' },
      submit: async (values) => {
        await dismiss.mutateAsync(values);
        await client.invalidateQueries({ queryKey: ['worklists'] });
        toast.done(t('dismiss.done'));
        onClose();
      },
    },
  );
  return (
    <Modal opened onClose={onClose} title={t('dismiss.title', { name: name(item.patient) })}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <TextInput {...form.getInputProps('reason')} label={t('dismiss.reason')} data-autofocus />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('dismiss.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
