import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import type { Worklist, WorklistItem } from '@/api/types';
import { useFormat } from '@/lib/format-context';

/** The text of a WhatsApp message to a patient of a list, in the language of whoever sends it. */
export function useMessage(): (list: Worklist, item: WorklistItem) => string {
  const { t } = useTranslation('worklists');
  const { clinic } = useSession();
  const { name, date, time } = useFormat();
  return (list, { patient, starts_at }) =>
    t(`message.${list}`, {
      patient: name(patient),
      clinic: name(clinic),
      when: starts_at ? `${date(starts_at)} ${time(starts_at)}` : '',
    });
}
