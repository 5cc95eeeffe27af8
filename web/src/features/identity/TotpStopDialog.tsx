import { Modal, PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './identity.module.css';

const schema = z.object({ password: fields.choice() });

interface TotpStopDialogProps {
  onDisabled: () => void;
  onClose: () => void;
}

export default function TotpStopDialog({ onDisabled, onClose }: TotpStopDialogProps) {
  const { t } = useTranslation('identity');
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { password: '' },
    submit: async (values) => {
      await api.delete('/account/totp', { body: values });
      onDisabled();
      toast.done(t('totp.disabled'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('totp.offTitle')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <p className={classes.hint}>{t('totp.offBody')}</p>
        <PasswordInput
          {...form.getInputProps('password')}
          label={t('password.current')}
          autoComplete="current-password"
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          required
          data-autofocus
        />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('totp.stop')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
