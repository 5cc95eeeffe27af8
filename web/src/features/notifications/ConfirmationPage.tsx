import { Button, SegmentedControl } from '@mantine/core';
import { IconCalendarX, IconCheck, IconPhoneCall } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { ConfirmationSeen, LinkAnswer } from '@/api/types';
import { changeLocale, useLocale } from '@/i18n/i18n';
import { formatDate, formatHijri, formatTime } from '@/lib/format';
import { LOCALE_NAMES, LOCALES, type Locale, localName, storedLocale } from '@/lib/locale';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { Phone } from '@/ui/texts';
import classes from './notifications.module.css';

/** Where the link of a message leads: the patient answers without signing in. */
export default function ConfirmationPage() {
  const { t } = useTranslation('notifications');
  const locale = useLocale();
  const { token } = useParams({ from: '/c/$token' });
  const path = `/confirmations/${encodeURIComponent(token)}`;
  const seen = useQuery({
    queryKey: ['confirmation', token],
    queryFn: ({ signal }) => api.get<ConfirmationSeen>(path, { signal, anonymous: true }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const language = seen.data?.language;
  useEffect(() => {
    // Who never chose a language here reads the one he is written to.
    if (language && storedLocale() === null) void changeLocale(language);
  }, [language]);
  const refused = isApiError(seen.error) && seen.error.status < 500 && seen.error.status !== 429;
  return (
    <main className={classes.public}>
      <div className={classes.publicTop}>
        <SegmentedControl
          aria-label={t('page.language')}
          value={locale}
          onChange={(value) => void changeLocale(value as Locale)}
          data={LOCALES.map((value) => ({ value, label: <bdi lang={value}>{LOCALE_NAMES[value]}</bdi> }))}
        />
      </div>
      <div className={classes.card}>
        {seen.data ? (
          <Answer seen={seen.data} path={path} token={token} />
        ) : !seen.error ? (
          <ListSkeleton rows={5} />
        ) : refused ? (
          <EmptyState title={t('page.notPossible')} hint={errorMessage(seen.error)} />
        ) : (
          <ErrorState message={errorMessage(seen.error)} onRetry={() => void seen.refetch()} />
        )}
      </div>
    </main>
  );
}

function Answer({ seen, path, token }: { seen: ConfirmationSeen; path: string; token: string }) {
  const { t } = useTranslation('notifications');
  const locale = useLocale();
  const client = useQueryClient();
  const answer = useAction(
    (word: LinkAnswer, act) =>
      api.post<ConfirmationSeen>(path, { answer: word }, { ...act, anonymous: true }),
    {
      onSuccess: (next) => client.setQueryData(['confirmation', token], next),
      onError: (error) => {
        if (isApiError(error, 'notifications.link_used')) {
          void client.invalidateQueries({ queryKey: ['confirmation', token] });
        }
      },
    },
  );
  // A second tap, or the same answer from another device, has what it wanted.
  const repeated = isApiError(answer.error, 'notifications.link_used') && seen.answer === answer.variables;
  const pick = (name_ar: string, name_en: string) => localName({ name_ar, name_en }, locale);
  const settings = { locale, digits: 'latin' as const, timeZone: zoneOf(seen.starts_at) };
  return (
    <>
      <p className={classes.clinic}>
        <bdi>{pick(seen.clinic_name_ar, seen.clinic_name_en)}</bdi>
      </p>
      <h1 className={classes.title}>{t('page.hello', { name: pick(seen.patient_ar, seen.patient_en) })}</h1>
      <dl className={classes.facts}>
        <dt>{t('page.date')}</dt>
        <dd>
          {formatDate(seen.local_date, 'full', settings)}
          <br />
          <bdi>{formatHijri(seen.local_date, settings)}</bdi>
        </dd>
        <dt>{t('page.time')}</dt>
        <dd>{formatTime(seen.starts_at, settings)}</dd>
        <dt>{t('page.doctor')}</dt>
        <dd>
          <bdi>{pick(seen.doctor_name_ar, seen.doctor_name_en)}</bdi>
        </dd>
        <dt>{t('page.branch')}</dt>
        <dd>
          <bdi>{pick(seen.branch_name_ar, seen.branch_name_en)}</bdi>
        </dd>
        {seen.phone && (
          <>
            <dt>{t('page.phone')}</dt>
            <dd>
              <Phone number={seen.phone} link />
            </dd>
          </>
        )}
      </dl>
      {seen.answer ? (
        <p role="status" className={classes.title}>
          {t(`page.answered.${seen.answer}`)}
        </p>
      ) : (
        <div className={classes.answers}>
          <Button
            size="md"
            leftSection={<IconCheck size={18} />}
            loading={answer.isPending && answer.variables === 'confirmed'}
            disabled={answer.isPending && answer.variables !== 'confirmed'}
            onClick={() => answer.mutate('confirmed')}
          >
            {t('page.confirm')}
          </Button>
          <Button
            size="md"
            variant="default"
            leftSection={<IconPhoneCall size={18} />}
            loading={answer.isPending && answer.variables === 'call_me'}
            disabled={answer.isPending && answer.variables !== 'call_me'}
            onClick={() => answer.mutate('call_me')}
          >
            {t('page.callMe')}
          </Button>
          <Button
            size="md"
            variant="subtle"
            color="red"
            leftSection={<IconCalendarX size={18} />}
            loading={answer.isPending && answer.variables === 'declined'}
            disabled={answer.isPending && answer.variables !== 'declined'}
            onClick={() => answer.mutate('declined')}
          >
            {t('page.decline')}
          </Button>
        </div>
      )}
      {answer.error && !repeated && (
        <p role="alert" className={classes.fault}>
          {errorMessage(answer.error)}
        </p>
      )}
    </>
  );
}

/** The offset of an instant as a zone of its own: the clinic's clock on any phone. */
export function zoneOf(instant: string): string {
  return /[+-]\d{2}:\d{2}$/.exec(instant)?.[0] ?? 'UTC';
}
