import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import { useApiForm } from '@/api/form';
import { sessionQuery } from '@/api/session';
import type { InvitationSeen, Session } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useLocale } from '@/i18n/i18n';
import { toLatinDigits } from '@/lib/format';
import { localName } from '@/lib/locale';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { FormFailure } from '@/ui/form';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { Code } from '@/ui/texts';
import classes from './identity.module.css';
import { PublicFrame } from './PublicFrame';

const schema = z.object({ password: fields.choice(), totp: z.string() });

export default function InvitePage() {
  const { t } = useTranslation('identity');
  const locale = useLocale();
  const { token } = useParams({ from: '/invite/$token' });
  const path = `/invitations/by-token/${encodeURIComponent(token)}`;
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: ({ signal }) => api.get<InvitationSeen>(path, { signal, anonymous: true }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const clinic = localName(
    {
      name_ar: invitation.data?.clinic_name_ar ?? null,
      name_en: invitation.data?.clinic_name_en ?? null,
    },
    locale,
  );
  return (
    <PublicFrame clinicName={clinic}>
      {invitation.data ? (
        <AcceptForm invitation={invitation.data} clinic={clinic} path={path} />
      ) : !invitation.error ? (
        <ListSkeleton rows={4} />
      ) : isApiError(invitation.error) && invitation.error.status === 404 ? (
        <EmptyState
          title={t('invite.invalidTitle')}
          hint={t('invite.invalidHint')}
          action={
            <Link to="/sign-in" search={{}}>
              {t('invite.toSignIn')}
            </Link>
          }
        />
      ) : (
        <ErrorState message={errorMessage(invitation.error)} onRetry={() => void invitation.refetch()} />
      )}
    </PublicFrame>
  );
}

function AcceptForm(props: { invitation: InvitationSeen; clinic: string; path: string }) {
  const { invitation, clinic, path } = props;
  const { t } = useTranslation('identity');
  const locale = useLocale();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asksCode, setAsksCode] = useState(false);
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { password: '', totp: '' },
    submit: async ({ password, totp }) => {
      const code = toLatinDigits(totp).replace(/\s/g, '');
      try {
        const body = { password, ...(code ? { totp: code } : {}) };
        const session = await api.post<Session>(`${path}/accept`, body, { anonymous: true });
        client.clear();
        client.setQueryData(sessionQuery.queryKey, session);
        await navigate({ to: '/', search: {}, replace: true });
      } catch (error) {
        if (isApiError(error, 'identity.totp_required')) setAsksCode(true);
        throw error;
      }
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <h1 className={classes.title}>{t('invite.welcome', { clinic })}</h1>
      <p className={classes.hint}>
        {t('invite.forYou', { name: localName(invitation, locale) })}{' '}
        {invitation.account_exists ? t('invite.existing') : t('invite.newAccount')}
      </p>
      <p className={classes.hint}>
        {t('profile.email')} <Code>{invitation.email}</Code>
      </p>
      <PasswordInput
        {...form.getInputProps('password')}
        label={t('signIn.password')}
        description={invitation.account_exists ? null : t('password.rulesAlone')}
        autoComplete={invitation.account_exists ? 'current-password' : 'new-password'}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        required
      />
      {asksCode && (
        <TextInput
          {...form.getInputProps('totp')}
          label={t('invite.code')}
          inputMode="numeric"
          autoComplete="one-time-code"
        />
      )}
      <FormFailure message={failure} />
      <Button type="submit" loading={submitting} fullWidth>
        {t('invite.accept')}
      </Button>
    </form>
  );
}
