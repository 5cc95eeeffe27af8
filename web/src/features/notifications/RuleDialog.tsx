import { Button, Modal, NumberInput, Select, Switch, TagsInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useApiForm } from '@/api/form';
import type { MessageChannel, ReminderRule } from '@/api/types';
import { useConfirm } from '@/ui/confirm';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './notifications.module.css';
import { rulesQuery } from './queries';
import { leadParts } from './useLead';

const MINUTES = { minute: 1, hour: 60, day: 1440 };
const CHANNELS: MessageChannel[] = ['whatsapp', 'sms', 'mail'];

const schema = z.object({
  value: z.number().int().min(1),
  unit: z.enum(['minute', 'hour', 'day']),
  channels: z.array(z.string()),
  active: z.boolean(),
});

export default function RuleDialog({ rule, onClose }: { rule: ReminderRule | null; onClose: () => void }) {
  const { t } = useTranslation(['notifications', 'common']);
  const client = useQueryClient();
  const confirm = useConfirm();
  const words = new Map(CHANNELS.map((channel) => [t(`channel.${channel}`), channel]));
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: {
      ...leadParts(rule?.lead_minutes ?? 1440),
      channels: (rule?.channels ?? CHANNELS).map((channel) => t(`channel.${channel}`)),
      active: rule?.active ?? true,
    },
    submit: async ({ value, unit, channels, active }) => {
      const body = {
        lead_minutes: value * MINUTES[unit],
        channels: channels.flatMap((word) => words.get(word) ?? []),
        active,
      };
      if (rule) await api.patch(`/reminder-rules/${rule.id}`, body, { version: rule.version });
      else await api.post('/reminder-rules', body);
      await client.invalidateQueries({ queryKey: rulesQuery.queryKey });
      toast.done(t('saved'));
      onClose();
    },
  });
  async function remove(removed: ReminderRule) {
    const sure = await confirm({
      title: t('rules.remove'),
      body: t('rules.removeHint'),
      confirmLabel: t('rules.remove'),
      danger: true,
    });
    if (!sure) return;
    try {
      await api.delete(`/reminder-rules/${removed.id}`);
      await client.invalidateQueries({ queryKey: rulesQuery.queryKey });
      onClose();
    } catch (error) {
      toast.failed(errorMessage(error));
    }
  }
  return (
    <Modal opened onClose={onClose} title={rule ? t('rules.edit') : t('rules.new')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <FormGrid columns={2}>
          <NumberInput {...form.getInputProps('value')} label={t('rules.lead')} min={1} data-autofocus />
          <Select
            {...form.getInputProps('unit')}
            label={t('rules.unit')}
            allowDeselect={false}
            data={(['minute', 'hour', 'day'] as const).map((value) => ({ value, label: t(`unit.${value}`) }))}
          />
        </FormGrid>
        <TagsInput
          {...form.getInputProps('channels')}
          label={t('rules.channels')}
          description={t('rules.channelsHint')}
          data={[...words.keys()]}
        />
        <Switch {...form.getInputProps('active', { type: 'checkbox' })} label={t('rules.active')} />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose}>
          {rule && (
            <Button variant="subtle" color="red" onClick={() => void remove(rule)}>
              {t('rules.remove')}
            </Button>
          )}
        </FormActions>
      </form>
    </Modal>
  );
}
