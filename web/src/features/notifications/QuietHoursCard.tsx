import { Switch, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { ReminderSettings } from '@/api/types';
import { Card } from '@/ui/Card';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import { Loaded } from './Loaded';
import classes from './notifications.module.css';
import { settingsQuery } from './queries';
import { TestLine } from './TestLine';

const schema = z.object({
  quiet_from: z.string(),
  quiet_until: z.string(),
  booking_mail: z.boolean(),
  feed_names: z.boolean(),
});

export function QuietHoursCard() {
  const { t } = useTranslation('notifications');
  const settings = useQuery(settingsQuery);
  return (
    <Card title={t('quiet.title')}>
      <Loaded query={settings}>{(data) => <SettingsForm key={data.version} saved={data} />}</Loaded>
    </Card>
  );
}

function SettingsForm({ saved }: { saved: ReminderSettings }) {
  const { t } = useTranslation(['notifications', 'common']);
  const client = useQueryClient();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: {
      quiet_from: saved.quiet_from,
      quiet_until: saved.quiet_until,
      booking_mail: saved.booking_mail,
      feed_names: saved.feed_names,
    },
    submit: async (values) => {
      const { version } = saved;
      const next = await api.patch<ReminderSettings>('/reminder-settings', values, { version });
      client.setQueryData(settingsQuery.queryKey, next);
      toast.done(t('saved'));
    },
  });
  return (
    <div className={classes.form}>
      {!saved.mail_is_set_up && <p className={classes.warning}>{t('quiet.noMail')}</p>}
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <p className={classes.hint}>{t('quiet.hint')}</p>
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('quiet_from')} type="time" label={t('quiet.from')} />
          <TextInput {...form.getInputProps('quiet_until')} type="time" label={t('quiet.until')} />
        </FormGrid>
        <Switch
          {...form.getInputProps('booking_mail', { type: 'checkbox' })}
          label={t('quiet.bookingMail')}
          description={t('quiet.bookingMailHint')}
        />
        <Switch
          {...form.getInputProps('feed_names', { type: 'checkbox' })}
          label={t('quiet.feedNames')}
          description={t('quiet.feedNamesHint')}
        />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} />
      </form>
      {saved.mail_is_set_up && (
        <TestLine path="/reminder-settings/test-mail" label={t('test.mailTo')} type="email" />
      )}
    </div>
  );
}
