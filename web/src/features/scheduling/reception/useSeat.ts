import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import { replaceAppointment } from '../queries';

export interface Seating {
  appointment: Appointment;
  chairId: string;
  /** Why he sits down where another is booked. */
  overbookReason?: string;
}

/** Brings a patient from the waiting room to a chair. */
export function useSeat(chairName: (id: string) => string) {
  const { t } = useTranslation('reception');
  const { name } = useFormat();
  const client = useQueryClient();
  return useAction<Appointment, Seating>(
    ({ appointment, chairId, overbookReason }, act) =>
      api.post(
        `/appointments/${appointment.id}/status`,
        {
          status: 'in_chair',
          chair_id: chairId,
          ...(overbookReason ? { overbook_reason: overbookReason } : {}),
        },
        { ...act, version: appointment.version },
      ),
    {
      onSuccess: (seated, { chairId }) => {
        replaceAppointment(client, seated);
        void client.invalidateQueries({ queryKey: ['appointments', 'counts'] });
        toast.done(t('seat.done', { patient: name(seated.patient), chair: chairName(chairId) }));
      },
      onError: () => client.invalidateQueries({ queryKey: ['appointments'] }),
    },
  );
}
