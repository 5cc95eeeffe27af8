import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, fieldErrors, isApiError } from '@/api/errors';
import type { PlanLinkSeen, PlanShown } from '@/api/types';
import { changeLocale, useLocale } from '@/i18n/i18n';
import { LOCALE_NAMES, LOCALES, type Locale, localName, storedLocale } from '@/lib/locale';
import { DateField } from '@/ui/dates';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { Phone } from '@/ui/texts';
import { AnswerForm, type GivenAnswer } from './AnswerForm';
import css from './present.module.css';
import { ShownPlan } from './ShownPlan';

/** Where a link leads: the patient proves himself by his birth date, reads his plan and signs it. */
export default function PlanLinkPage() {
  const { t } = useTranslation('planning');
  const locale = useLocale();
  const { token } = useParams({ from: '/p/$token' });
  const path = `/plan-links/${encodeURIComponent(token)}`;
  const seen = useQuery({
    queryKey: ['plan-link', token],
    queryFn: ({ signal }) => api.get<PlanLinkSeen>(path, { signal, anonymous: true }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const language = seen.data?.language;
  useEffect(() => {
    // Who never chose a language here reads the one he is written to.
    if (language && storedLocale() === null) void changeLocale(language as Locale);
  }, [language]);
  const refused = isApiError(seen.error) && seen.error.status < 500 && seen.error.status !== 429;
  return (
    <main className={css.public}>
      <div className={css.publicTop}>
        <SegmentedControl
          aria-label={t('present.language')}
          value={locale}
          onChange={(value) => void changeLocale(value as Locale)}
          data={LOCALES.map((value) => ({ value, label: <bdi lang={value}>{LOCALE_NAMES[value]}</bdi> }))}
        />
      </div>
      <div className={css.publicCard}>
        {seen.data ? (
          <Opened seen={seen.data} path={path} locale={locale} />
        ) : !seen.error ? (
          <ListSkeleton rows={5} />
        ) : refused ? (
          <EmptyState title={t('link.notPossible')} hint={errorMessage(seen.error)} />
        ) : (
          <ErrorState message={errorMessage(seen.error)} onRetry={() => void seen.refetch()} />
        )}
      </div>
    </main>
  );
}

interface OpenedProps {
  seen: PlanLinkSeen;
  path: string;
  locale: Locale;
}

function Opened({ seen, path, locale }: OpenedProps) {
  const { t } = useTranslation('planning');
  const [birthDate, setBirthDate] = useState<string | null>(null);
  const open = useAction((birth_date: string, act) =>
    api.post<PlanShown>(`${path}/open`, { birth_date }, { ...act, anonymous: true }),
  );
  const clinic = localName({ name_ar: seen.clinic_name_ar, name_en: seen.clinic_name_en }, locale);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (birthDate) open.mutate(birthDate);
  };
  const help = seen.phone && (
    <p className={css.help}>
      {t('link.help')} <Phone number={seen.phone} link />
    </p>
  );
  if (open.data && birthDate) {
    return (
      <>
        <p className={css.clinic}>
          <bdi>{clinic}</bdi>
        </p>
        <Answered first={open.data} path={path} birthDate={birthDate} locale={locale} />
        {help}
      </>
    );
  }
  const wrong = fieldErrors(open.error).birth_date;
  return (
    <form onSubmit={submit} className={css.proof} noValidate>
      <p className={css.clinic}>
        <bdi>{clinic}</bdi>
      </p>
      <h1>{t('link.welcome')}</h1>
      <p>{t('link.proof')}</p>
      <DateField label={t('link.birthDate')} value={birthDate} onChange={setBirthDate} required />
      {open.error && (
        <p role="alert" className={css.fault}>
          {wrong ?? errorMessage(open.error)}
        </p>
      )}
      <Button type="submit" size="md" disabled={!birthDate} loading={open.isPending}>
        {t('link.open')}
      </Button>
      {help}
    </form>
  );
}

interface AnsweredProps {
  first: PlanShown;
  path: string;
  birthDate: string;
  locale: Locale;
}

function Answered({ first, path, birthDate, locale }: AnsweredProps) {
  const { t } = useTranslation('planning');
  const [plan, setPlan] = useState(first);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(first.shown.items.map(({ id }) => id)));
  const answer = useAction(
    ({ decision, ...given }: GivenAnswer, act) =>
      api.post<PlanShown>(
        `${path}/answer`,
        {
          birth_date: birthDate,
          hash: plan.hash,
          decision,
          signer_name: given.signer_name,
          relation: given.relation,
          ...(decision === 'accepted' ? { accepted_items: [...chosen], strokes: given.strokes } : {}),
          ...(given.reason ? { reason: given.reason } : {}),
        },
        { ...act, anonymous: true },
      ),
    { onSuccess: setPlan },
  );
  const open = !plan.decision && plan.validity === 'valid';
  const taken = plan.decision ? new Set(plan.accepted_items) : chosen;
  return (
    <>
      <ShownPlan
        shown={plan.shown}
        locale={locale}
        chosen={taken}
        {...(open ? { onChosen: setChosen } : {})}
      />
      {plan.decision && (
        <p role="status" className={css.done}>
          {t(`link.answered.${plan.decision}`)}
        </p>
      )}
      {!plan.decision && !open && (
        <p role="alert" className={css.fault}>
          {t(`link.${plan.validity === 'expired' ? 'expired' : 'changed'}`)}
        </p>
      )}
      {open && (
        <AnswerForm
          locale={locale}
          patientName={localName({ name_ar: plan.shown.patient_ar, name_en: plan.shown.patient_en }, locale)}
          chosen={chosen.size}
          all={plan.shown.items.length}
          signatureNeeded
          busy={answer.isPending ? (answer.variables?.decision ?? null) : null}
          failure={answer.error ? errorMessage(answer.error) : null}
          onAnswer={(given) => answer.mutate(given)}
        />
      )}
    </>
  );
}
