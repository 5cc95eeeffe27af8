import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import type { Worklist, WorklistItem } from '@/api/types';
import { formatDate, formatTime } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { LOCALES, localName } from '@/lib/locale';

/** The text of a WhatsApp message to a patient of a list, in his language; in the sender's where he told none. */
export function useMessage(): (list: Worklist, item: WorklistItem) => string {
  const words = {
    ar: useTranslation('worklists', { lng: 'ar' }).t,
    en: useTranslation('worklists', { lng: 'en' }).t,
  };
  const { clinic } = useSession();
  const { settings } = useFormat();
  return (list, { patient, starts_at }) => {
    const locale = LOCALES.find((one) => one === patient.preferred_language) ?? settings.locale;
    const his = { ...settings, locale };
    return words[locale](`message.${list}`, {
      patient: localName(patient, locale),
      clinic: localName(clinic, locale),
      when: starts_at ? `${formatDate(starts_at, 'medium', his)} ${formatTime(starts_at, his)}` : '',
    });
  };
}
