import {
  ActionIcon,
  Button,
  Drawer,
  PasswordInput,
  Select,
  Switch,
  Textarea,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useApiForm } from '@/api/form';
import type { MessageProvider } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useConfirm } from '@/ui/confirm';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './notifications.module.css';
import { providersQuery } from './queries';
import { TestLine } from './TestLine';

const schema = z.object({
  channel: z.enum(['sms', 'whatsapp']),
  name: fields.text(100),
  url: fields.text(2000),
  method: z.enum(['POST', 'GET', 'PUT']),
  headers: z.array(z.object({ name: fields.text(100), value: z.string() })),
  body: fields.optionalText(8000),
  success_pointer: fields.optionalText(200),
  success_value: fields.optionalText(200),
  active: z.boolean(),
});

// Two fields in one line stand level, however long their hints are.
const HINT_BELOW: ('label' | 'input' | 'description' | 'error')[] = [
  'label',
  'input',
  'description',
  'error',
];
const EXAMPLE = '{"to": "{digits}", "text": "{text}", "ref": "{id}"}';

export default function ProviderDrawer(props: { provider: MessageProvider | null; onClose: () => void }) {
  const { provider, onClose } = props;
  const { t } = useTranslation(['notifications', 'common']);
  const client = useQueryClient();
  const confirm = useConfirm();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: {
      channel: provider?.channel === 'whatsapp' ? ('whatsapp' as const) : ('sms' as const),
      name: provider?.name ?? '',
      url: provider?.url ?? 'https://',
      method: provider?.method ?? ('POST' as const),
      headers: provider
        ? provider.headers.map(({ name }) => ({ name, value: '' }))
        : [{ name: 'content-type', value: 'application/json' }],
      body: provider?.body ?? EXAMPLE,
      success_pointer: provider?.success_pointer ?? '',
      success_value: provider?.success_value ?? '',
      active: provider?.active ?? true,
    },
    submit: async ({ channel, headers, success_pointer, success_value, ...same }) => {
      const body = {
        ...same,
        headers: headers.map(({ name, value }) => ({ name, value: value || null })),
        success_pointer: success_pointer || null,
        success_value: success_value || null,
      };
      if (provider) await api.patch(`/message-providers/${provider.id}`, body, { version: provider.version });
      else await api.post('/message-providers', { ...body, channel });
      await done();
    },
  });
  async function done() {
    await client.invalidateQueries({ queryKey: providersQuery.queryKey });
    toast.done(t('saved'));
    onClose();
  }
  async function remove(removed: MessageProvider) {
    const request = { title: t('providers.remove'), body: t('providers.removeHint') };
    if (!(await confirm({ ...request, confirmLabel: t('providers.remove'), danger: true }))) return;
    try {
      await api.delete(`/message-providers/${removed.id}`);
      await done();
    } catch (error) {
      toast.failed(errorMessage(error));
    }
  }
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={640}
      title={provider ? t('providers.edit') : t('providers.new')}
    >
      <div className={classes.form}>
        <form onSubmit={onSubmit} noValidate className={classes.form}>
          <p className={classes.hint}>{t('providers.hint')}</p>
          <FormGrid columns={2}>
            <TextInput {...form.getInputProps('name')} label={t('providers.name')} required data-autofocus />
            <Select
              {...form.getInputProps('channel')}
              label={t('templates.channel')}
              allowDeselect={false}
              disabled={provider !== null}
              data={(['sms', 'whatsapp'] as const).map((value) => ({ value, label: t(`channel.${value}`) }))}
            />
          </FormGrid>
          <TextInput {...form.getInputProps('url')} label={t('providers.url')} dir="ltr" required />
          <Select
            {...form.getInputProps('method')}
            label={t('providers.method')}
            allowDeselect={false}
            data={['POST', 'GET', 'PUT']}
          />
          {form.values.headers.map((header, index) => (
            // A header has no name of its own while it is typed: its place is its key.
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are only added at the end and removed by hand
            <div key={index} className={classes.header}>
              <TextInput
                {...form.getInputProps(`headers.${index}.name`)}
                aria-label={t('providers.headerName')}
                placeholder={t('providers.headerName')}
                dir="ltr"
              />
              <PasswordInput
                {...form.getInputProps(`headers.${index}.value`)}
                aria-label={t('providers.headerValue', { name: header.name })}
                placeholder={provider ? t('providers.kept') : t('providers.value')}
                autoComplete="off"
              />
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('providers.removeHeader', { name: header.name })}
                onClick={() => form.removeListItem('headers', index)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </div>
          ))}
          <div>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} />}
              onClick={() => form.insertListItem('headers', { name: '', value: '' })}
            >
              {t('providers.addHeader')}
            </Button>
          </div>
          {form.values.method !== 'GET' && (
            <Textarea
              {...form.getInputProps('body')}
              label={t('providers.body')}
              description={t('providers.bodyHint')}
              dir="ltr"
              autosize
              minRows={3}
            />
          )}
          <FormGrid columns={2}>
            <TextInput
              {...form.getInputProps('success_pointer')}
              label={t('providers.pointer')}
              description={t('providers.pointerHint')}
              inputWrapperOrder={HINT_BELOW}
              dir="ltr"
            />
            <TextInput
              {...form.getInputProps('success_value')}
              label={t('providers.expected')}
              description={t('providers.expectedHint')}
              inputWrapperOrder={HINT_BELOW}
              dir="ltr"
            />
          </FormGrid>
          <Switch {...form.getInputProps('active', { type: 'checkbox' })} label={t('providers.active')} />
          <FormFailure message={failure} />
          <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose}>
            {provider && (
              <Button variant="subtle" color="red" onClick={() => void remove(provider)}>
                {t('providers.remove')}
              </Button>
            )}
          </FormActions>
        </form>
        {provider && (
          <TestLine path={`/message-providers/${provider.id}/test`} label={t('test.phoneTo')} type="tel" />
        )}
      </div>
    </Drawer>
  );
}
