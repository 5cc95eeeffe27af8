import { Modal, SegmentedControl, Select, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { ContactAttempt, Worklist, WorklistItem } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { DateField } from '@/ui/dates';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './worklists.module.css';

const CHANNELS = ['call', 'whatsapp', 'sms', 'mail'] as const;
const OUTCOMES = ['reached', 'no_answer', 'left_message', 'wrong_number', 'declined', 'booked'] as const;

const schema = z.object({
  channel: z.enum(CHANNELS),
  outcome: z.enum(OUTCOMES),
  note: fields.optionalText(500),
  again_on: z.string().nullable(),
});

interface ContactDialogProps {
  list: Worklist;
  item: WorklistItem;
  onClose: () => void;
}

/** Notes a call or a message to a patient of a list. */
export default function ContactDialog({ list, item, onClose }: ContactDialogProps) {
  const { t } = useTranslation('worklists');
  const { name, today } = useFormat();
  const client = useQueryClient();
  const add = useAction((body: object, act) => api.post<ContactAttempt>('/worklists/contacts', body, act));
  const { form, failure, submitting, onSubmit } = useApiForm<z.input<typeof schema>, z.output<typeof schema>>(
    {
      schema,
      initialValues: { channel: 'call', outcome: 'reached', note: '', again_on: null },
      submit: async ({ note, again_on, ...rest }) => {
        await add.mutateAsync({
          ...rest,
          patient_id: item.patient.id,
          list,
          note: note ?? '',
          ...(item.appointment_id ? { appointment_id: item.appointment_id } : {}),
          ...(again_on ? { again_on } : {}),
        });
        await client.invalidateQueries({ queryKey: ['worklists'] });
        toast.done(t('contact.done'));
        onClose();
      },
    },
  );
  return (
    <Modal opened onClose={onClose} title={t('contact.title', { name: name(item.patient) })}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <SegmentedControl
          {...form.getInputProps('channel')}
          aria-label={t('contact.channel')}
          fullWidth
          data={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
        />
        <Select
          {...form.getInputProps('outcome')}
          label={t('contact.outcome')}
          allowDeselect={false}
          data={OUTCOMES.map((value) => ({ value, label: t(`outcome.${value}`) }))}
        />
        <DateField
          label={t('contact.againOn')}
          value={form.values.again_on}
          onChange={(day) => form.setFieldValue('again_on', day)}
          error={form.errors.again_on}
          minDate={today()}
        />
        <Textarea {...form.getInputProps('note')} label={t('contact.note')} autosize minRows={2} />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('contact.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
