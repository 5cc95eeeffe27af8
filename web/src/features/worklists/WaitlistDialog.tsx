import { Modal, NumberInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { WorklistItem } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { ChipSet } from '@/ui/ChipSet';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './worklists.module.css';

const DAYS = ['saturday', 'sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
/** The API counts from Sunday. */
const NUMBER_OF = { sunday: 0, monday: 1, tuesday: 2, wednesday: 3, thursday: 4, friday: 5, saturday: 6 };

const schema = z.object({
  minutes: z.number().min(5).max(720),
  weekdays: z.array(z.enum(DAYS)),
  after: z.string(),
  before: z.string(),
  note: fields.optionalText(500),
});

/** Puts a patient on the list of those who want the first slot that suits them. */
export default function WaitlistDialog({ item, onClose }: { item: WorklistItem; onClose: () => void }) {
  const { t } = useTranslation('worklists');
  const { name } = useFormat();
  const client = useQueryClient();
  const add = useAction((body: object, act) => api.post('/waitlist', body, act));
  const { form, failure, submitting, onSubmit } = useApiForm<z.input<typeof schema>, z.output<typeof schema>>(
    {
      schema,
      initialValues: { minutes: item.minutes ?? 30, weekdays: [], after: '', before: '', note: '' },
      submit: async ({ weekdays, after, before, note, minutes }) => {
        await add.mutateAsync({
          patient_id: item.patient.id,
          minutes,
          weekdays: weekdays.map((day) => NUMBER_OF[day]),
          note: note ?? '',
          ...(item.doctor ? { doctor_id: item.doctor.id } : {}),
          ...(item.type_id ? { type_id: item.type_id } : {}),
          ...(after ? { after } : {}),
          ...(before ? { before } : {}),
        });
        await client.invalidateQueries({ queryKey: ['worklists'] });
        toast.done(t('waitlist.done'));
        onClose();
      },
    },
  );
  return (
    <Modal opened onClose={onClose} title={t('waitlist.title', { name: name(item.patient) })}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <NumberInput
          {...form.getInputProps('minutes')}
          label={t('waitlist.minutes')}
          min={5}
          max={720}
          step={5}
        />
        <ChipSet
          label={t('waitlist.days')}
          options={DAYS.map((day) => ({ value: day, label: t(`day.${day}`) }))}
          value={form.values.weekdays}
          onChange={(days) => form.setFieldValue('weekdays', days)}
        />
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('after')} type="time" label={t('waitlist.after')} />
          <TextInput {...form.getInputProps('before')} type="time" label={t('waitlist.before')} />
        </FormGrid>
        <TextInput {...form.getInputProps('note')} label={t('contact.note')} />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('waitlist.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
