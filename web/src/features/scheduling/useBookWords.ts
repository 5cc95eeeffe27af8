import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import { APPOINTMENT_STATUSES, type BookLabels, type BookTimes } from './book/types';
import { bookTimes } from './bookTimes';

const CONFIRMATIONS = ['unconfirmed', 'reminder_sent', 'left_message', 'confirmed', 'declined'] as const;

const BLOCK_KINDS = ['meeting', 'lunch', 'maintenance', 'emergency', 'other'] as const;

/** Every word and time of the book in the reader's language. Stable until the language changes. */
export function useBookWords(): { labels: BookLabels; times: BookTimes } {
  const { t } = useTranslation(['scheduling', 'common']);
  const format = useFormat();
  return useMemo(() => {
    const labels: BookLabels = {
      region: t('book.region'),
      keyboardHelp: t('book.keyboardHelp'),
      alert: t('book.alert'),
      overbooked: t('book.overbooked'),
      now: t('book.now'),
      utilisation: (percent) =>
        t('book.utilisation', { percent: format.number(percent / 100, { style: 'percent' }) }),
      columnSummary: (title, subtitle, count) => {
        const appointments = t('appointments', { count });
        return subtitle
          ? t('book.column', { title, subtitle, appointments })
          : t('book.columnPlain', { title, appointments });
      },
      status: record(APPOINTMENT_STATUSES, (status) => t(`common:status.${status}`)),
      confirmation: record(CONFIRMATIONS, (confirmation) => t(`confirmation.${confirmation}`)),
      asap: t('book.asap'),
      walkIn: t('book.walkIn'),
      lateCancelled: t('book.lateCancelled'),
      token: (number) => t('book.token', { number: format.number(number) }),
      block: record(BLOCK_KINDS, (kind) => t(`block.${kind}`)),
      blocked: (what, range) => t('book.blocked', { what, range }),
      held: (name) => t('book.held', { name }),
      free: (column, range) => t('book.free', { column, range }),
      waiting: (minutes) => t('book.waiting', { minutes: format.minutes(minutes) }),
      inChair: (minutes) => t('book.inChair', { minutes: format.minutes(minutes) }),
      stayLevel: { fine: '', amber: t('book.stayAmber'), red: t('book.stayRed') },
      minutesShort: (minutes) =>
        format.number(minutes, { style: 'unit', unit: 'minute', unitDisplay: 'narrow' }),
      clash: t('book.clash'),
      placed: (column, range) => t('book.placed', { column, range }),
    };
    return { labels, times: bookTimes(format.settings) };
  }, [t, format]);
}

function record<K extends string>(keys: readonly K[], value: (key: K) => string): Record<K, string> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, string>;
}
