import { useTranslation } from 'react-i18next';
import type { ReminderDelivery } from '@/api/types';
import { useLead } from './useLead';

const REASONS = [
  'cancelled',
  'moved',
  'past',
  'declined',
  'opted_out',
  'no_channel',
  'refused',
  'gave_up',
  'no_answer',
] as const;

/** What a message of the log was, and what became of it. */
export function useDeliveryWords() {
  const { t } = useTranslation('notifications');
  const lead = useLead();
  return {
    what: ({ purpose, lead_minutes, channel }: ReminderDelivery): string => {
      const what =
        lead_minutes == null ? t(`purpose.${purpose}`) : t('rules.before', { lead: lead(lead_minutes) });
      return channel ? `${what} · ${t(`channel.${channel}`)}` : what;
    },
    state: ({ state, reason }: ReminderDelivery): string => {
      const known = REASONS.find((word) => word === reason);
      return known ? `${t(`state.${state}`)}: ${t(`reason.${known}`)}` : t(`state.${state}`);
    },
  };
}
