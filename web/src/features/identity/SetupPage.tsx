import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage, fieldErrors, isApiError } from '@/api/errors';
import { useApiForm } from '@/api/form';
import { sessionInfoQuery, sessionQuery, useSessionInfo } from '@/api/session';
import type { Session } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { FormFailure } from '@/ui/form';
import { ListSkeleton } from '@/ui/PageSkeleton';
import classes from './identity.module.css';
import { PublicFrame } from './PublicFrame';
import { SetupFields } from './SetupFields';
import { chairNames, STEPS, setupSchema, setupSteps, stepOf } from './setupForm';

export default function SetupPage() {
  const { t } = useTranslation('identity');
  const info = useSessionInfo();
  return (
    <PublicFrame wide>
      {info.data?.setup_required ? (
        <SetupForm />
      ) : info.data ? (
        <EmptyState
          title={t('setup.doneTitle')}
          hint={t('setup.doneHint')}
          action={
            <Link to="/sign-in" search={{}}>
              {t('invite.toSignIn')}
            </Link>
          }
        />
      ) : info.error ? (
        <ErrorState message={errorMessage(info.error)} onRetry={() => void info.refetch()} />
      ) : (
        <ListSkeleton rows={5} />
      )}
    </PublicFrame>
  );
}

function SetupForm() {
  const { t } = useTranslation(['identity', 'common']);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: setupSchema,
    initialValues: {
      code: '',
      clinic: {
        name_ar: '',
        name_en: '',
        country: 'EG',
        currency: 'EGP',
        time_zone: 'Africa/Cairo',
        languages: ['ar', 'en'],
      },
      branch: { name_ar: t('setup.branchDefaultAr'), name_en: t('setup.branchDefaultEn') },
      chairs: [chairNames(1), chairNames(2)],
      admin: { name_ar: '', name_en: '', email: '', password: '' },
    },
    submit: async (values) => {
      try {
        const session = await api.post<Session>('/setup', values, { anonymous: true });
        client.clear();
        client.setQueryData(sessionQuery.queryKey, session);
        await client.invalidateQueries({ queryKey: sessionInfoQuery.queryKey });
        await navigate({ to: '/', search: {}, replace: true });
      } catch (error) {
        const path = Object.keys(fieldErrors(error))[0];
        if (path) setStep(stepOf(path));
        if (isApiError(error, 'identity.setup_code_wrong')) setStep(0);
        throw error;
      }
    },
  });
  const name = STEPS[step] ?? 'code';
  const last = step === STEPS.length - 1;
  const advance = () => {
    const checked = setupSteps[name].safeParse(form.values);
    form.clearErrors();
    if (checked.success) setStep(step + 1);
    else for (const issue of checked.error.issues) form.setFieldError(issue.path.join('.'), issue.message);
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        if (last) return onSubmit(event);
        event.preventDefault();
        advance();
      }}
    >
      <h1 className={classes.title}>{t('setup.title')}</h1>
      <p className={classes.hint}>{t('setup.hint')}</p>
      <p className={classes.hint} aria-live="polite">
        {t('setup.progress', { step: step + 1, steps: STEPS.length })} · <b>{t(`setup.step.${name}`)}</b>
      </p>
      <SetupFields step={name} form={form} />
      <FormFailure message={failure} />
      <div className={classes.spread}>
        <Button variant="default" disabled={step === 0 || submitting} onClick={() => setStep(step - 1)}>
          {t('common:action.back')}
        </Button>
        <Button type="submit" loading={submitting}>
          {last ? t('setup.finish') : t('setup.next')}
        </Button>
      </div>
    </form>
  );
}
