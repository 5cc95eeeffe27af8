import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import type { Worklist, WorklistItem } from '@/api/types';
import { formatDate, formatTime } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { LOCALES, localName } from '@/lib/locale';

type Recipient = WorklistItem['patient'];

/** The words of a message to a patient, in his language; in the sender's where he told none. */
function useHisWords() {
  const words = {
    ar: useTranslation('worklists', { lng: 'ar' }).t,
    en: useTranslation('worklists', { lng: 'en' }).t,
  };
  const { clinic } = useSession();
  const { settings } = useFormat();
  return (patient: Recipient) => {
    const locale = LOCALES.find((one) => one === patient.preferred_language) ?? settings.locale;
    const his = { ...settings, locale };
    return {
      t: words[locale],
      names: { patient: localName(patient, locale), clinic: localName(clinic, locale) },
      when: (instant: string, style: 'medium' | 'full') =>
        `${formatDate(instant, style, his)} ${formatTime(instant, his)}`,
    };
  };
}

/** The text of a WhatsApp message to a patient of a list. */
export function useMessage(): (list: Worklist, item: WorklistItem) => string {
  const wordsFor = useHisWords();
  return (list, { patient, starts_at }) => {
    const { t, names, when } = wordsFor(patient);
    return t(`message.${list}`, { ...names, when: starts_at ? when(starts_at, 'medium') : '' });
  };
}

/** The same to somebody who is offered a slot. */
export function useOfferMessage(): (patient: Recipient, slotStart: string) => string {
  const wordsFor = useHisWords();
  return (patient, slotStart) => {
    const { t, names, when } = wordsFor(patient);
    return t('offers.message', { ...names, when: when(slotStart, 'full') });
  };
}
