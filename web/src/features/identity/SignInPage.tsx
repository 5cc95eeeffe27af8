import { Alert, Button, PasswordInput, TextInput, UnstyledButton } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import { sessionQuery, useSessionInfo } from '@/api/session';
import type { Named, Session } from '@/api/types';
import { useLocale } from '@/i18n/i18n';
import { toLatinDigits } from '@/lib/format';
import { localName } from '@/lib/locale';
import { FormFailure } from '@/ui/form';
import { DemoAccounts } from './DemoAccounts';
import { PublicFrame } from './PublicFrame';
import classes from './SignInPage.module.css';

type Step = { name: 'password' } | { name: 'totp'; recovery: boolean } | { name: 'clinic'; clinics: Named[] };

interface Credentials {
  email: string;
  password: string;
}

export default function SignInPage() {
  const { t } = useTranslation(['identity', 'common']);
  const locale = useLocale();
  const { next, ended } = useSearch({ from: '/sign-in' });
  const navigate = useNavigate();
  const client = useQueryClient();
  const info = useSessionInfo();
  const [step, setStep] = useState<Step>({ name: 'password' });
  const [credentials, setCredentials] = useState<Credentials>({ email: '', password: '' });
  const [code, setCode] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function signIn(given: Credentials, clinicId?: string) {
    setBusy(true);
    setFailure(null);
    const secondFactor =
      code === '' || step.name === 'password'
        ? {}
        : step.name === 'totp' && step.recovery
          ? { recovery_code: code.trim() }
          : { totp: toLatinDigits(code).replace(/\s/g, '') };
    try {
      const body = { ...given, ...secondFactor, ...(clinicId ? { clinic_id: clinicId } : {}) };
      const session = await api.post<Session>('/session', body, { anonymous: true });
      client.clear();
      client.setQueryData(sessionQuery.queryKey, session);
      await navigate({ href: next ?? '/', replace: true });
    } catch (error) {
      if (isApiError(error, 'identity.totp_required') && step.name === 'password') {
        setStep({ name: 'totp', recovery: false });
      } else if (isApiError(error, 'identity.choose_clinic')) {
        setStep({ name: 'clinic', clinics: error.problem.clinics as Named[] });
      } else {
        setFailure(errorMessage(error));
      }
    } finally {
      setBusy(false);
    }
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void signIn(credentials);
  };
  const back = () => {
    setStep({ name: 'password' });
    setCode('');
    setFailure(null);
  };

  if (info.data?.setup_required) return <Navigate to="/setup" replace />;

  return (
    <PublicFrame clinicName={localName(clinicOf(info.data), locale)}>
      {step.name === 'password' && (
        <form onSubmit={submit} className={classes.form}>
          <h1 className={classes.title}>{t('signIn.title')}</h1>
          {ended && (
            <Alert color="yellow" role="status" icon={<IconClockPause size={18} />}>
              {t('signIn.ended')}
            </Alert>
          )}
          {info.error && (
            <Alert color="red" role="alert">
              {t('signIn.infoFailed')}{' '}
              <UnstyledButton className={classes.link} onClick={() => void info.refetch()}>
                {t('common:action.retry')}
              </UnstyledButton>
            </Alert>
          )}
          <TextInput
            label={t('signIn.email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            value={credentials.email}
            onChange={(event) => setCredentials({ ...credentials, email: event.currentTarget.value })}
          />
          <PasswordInput
            label={t('signIn.password')}
            name="password"
            autoComplete="current-password"
            visibilityToggleButtonProps={{ 'aria-label': t('signIn.showPassword') }}
            required
            value={credentials.password}
            onChange={(event) => setCredentials({ ...credentials, password: event.currentTarget.value })}
          />
          <FormFailure message={failure} />
          <Button type="submit" loading={busy} fullWidth>
            {t('signIn.submit')}
          </Button>
        </form>
      )}

      {step.name === 'totp' && (
        <form onSubmit={submit} className={classes.form}>
          <h1 className={classes.title}>{t('signIn.totpTitle')}</h1>
          {!step.recovery && <p className={classes.hint}>{t('signIn.totpHint')}</p>}
          <TextInput
            key={String(step.recovery)}
            label={step.recovery ? t('signIn.recovery') : t('signIn.totp')}
            dir="ltr"
            required
            data-autofocus
            ref={(input) => input?.focus()}
            inputMode={step.recovery ? 'text' : 'numeric'}
            autoComplete="one-time-code"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <FormFailure message={failure} />
          <Button type="submit" loading={busy} fullWidth>
            {t('signIn.submit')}
          </Button>
          <div className={classes.line}>
            <UnstyledButton className={classes.link} onClick={back}>
              {t('signIn.back')}
            </UnstyledButton>
            <UnstyledButton
              className={classes.link}
              onClick={() => {
                setCode('');
                setStep({ name: 'totp', recovery: !step.recovery });
              }}
            >
              {step.recovery ? t('signIn.useTotp') : t('signIn.useRecovery')}
            </UnstyledButton>
          </div>
        </form>
      )}

      {step.name === 'clinic' && (
        <div className={classes.form}>
          <h1 className={classes.title}>{t('signIn.chooseTitle')}</h1>
          <p className={classes.hint}>{t('signIn.chooseHint')}</p>
          {step.clinics.map((clinic) => (
            <Button
              key={clinic.id}
              variant="default"
              loading={busy}
              onClick={() => void signIn(credentials, clinic.id)}
            >
              <bdi>{localName(clinic, locale)}</bdi>
            </Button>
          ))}
          <FormFailure message={failure} />
          <UnstyledButton className={classes.link} onClick={back}>
            {t('signIn.back')}
          </UnstyledButton>
        </div>
      )}

      {info.data?.demo && step.name === 'password' && (
        <DemoAccounts
          accounts={info.data.demo_accounts}
          disabled={busy}
          onChoose={(account) => {
            const chosen = { email: account.email, password: account.password };
            setCredentials(chosen);
            void signIn(chosen);
          }}
        />
      )}
    </PublicFrame>
  );
}

function clinicOf(info: { clinic_name_ar?: string | null; clinic_name_en?: string | null } | undefined) {
  return { name_ar: info?.clinic_name_ar ?? null, name_en: info?.clinic_name_en ?? null };
}
