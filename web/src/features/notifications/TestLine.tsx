import { Button, TextInput } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, fieldErrors } from '@/api/errors';
import type { TestOutcome } from '@/api/types';
import { toast } from '@/ui/toast';
import classes from './notifications.module.css';

/** Sends a test, and shows what the other side said when it did not take it. */
export function TestLine({ path, label, type }: { path: string; label: string; type: 'email' | 'tel' }) {
  const { t } = useTranslation('notifications');
  const [to, setTo] = useState('');
  const test = useAction((body: { to: string }, act) => api.post<TestOutcome>(path, body, act), {
    onSuccess: ({ sent }) => {
      if (sent) toast.done(t('test.sent'));
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (to.trim()) test.mutate({ to: to.trim() });
  };
  const refused = test.error ? (Object.values(fieldErrors(test.error))[0] ?? errorMessage(test.error)) : null;
  return (
    <form onSubmit={send} className={classes.form} noValidate>
      <div className={classes.line}>
        <TextInput
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          aria-label={label}
          placeholder={label}
          type={type}
        />
        <Button type="submit" variant="default" leftSection={<IconSend size={16} />} loading={test.isPending}>
          {t('test.send')}
        </Button>
      </div>
      {(refused ?? test.data?.error) && (
        <p role="alert" className={classes.fault}>
          {t('test.failed')} <bdi>{refused ?? test.data?.error}</bdi>
        </p>
      )}
    </form>
  );
}
