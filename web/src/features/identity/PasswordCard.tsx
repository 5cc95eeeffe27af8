import { PasswordInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { useSession } from '@/api/session';
import { fields } from '@/i18n/fields';
import { Card } from '@/ui/Card';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './identity.module.css';

// Nothing is trimmed: a space may be part of a password.
const schema = z.object({ current: fields.choice(), new: fields.choice() });

export function PasswordCard() {
  const { t } = useTranslation('identity');
  const { account } = useSession();
  const client = useQueryClient();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { current: '', new: '' },
    submit: async (values) => {
      await api.post('/account/password', values);
      form.setValues({ current: '', new: '' });
      void client.invalidateQueries({ queryKey: ['sessions'] });
      toast.done(t('password.changed'));
    },
  });
  const reveal = { 'aria-label': t('password.show') };
  return (
    <Card title={t('password.title')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <p className={classes.hint}>
          {account.totp_enabled ? t('password.rulesTotp') : t('password.rulesAlone')}
        </p>
        <input type="text" name="username" autoComplete="username" value={account.email} readOnly hidden />
        <FormGrid columns={2}>
          <PasswordInput
            {...form.getInputProps('current')}
            label={t('password.current')}
            autoComplete="current-password"
            visibilityToggleButtonProps={reveal}
            required
          />
          <PasswordInput
            {...form.getInputProps('new')}
            label={t('password.new')}
            autoComplete="new-password"
            visibilityToggleButtonProps={reveal}
            required
          />
        </FormGrid>
        <FormFailure message={failure} />
        <FormActions submitLabel={t('password.change')} submitting={submitting} />
      </form>
    </Card>
  );
}
