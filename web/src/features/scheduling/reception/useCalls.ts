import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import { replaceAppointment } from '../queries';

export interface CallPlace {
  branchId: string;
  doctorId: string | null;
  /** Where to call; null is to the chair that the patient has. */
  chairId: string | null;
}

/** Calling numbers: whoever's turn it is, or one who waits. What was called is said, and shown in the waiting room. */
export function useCalls({ branchId, doctorId, chairId }: CallPlace, chairName: (id: string) => string) {
  const { t } = useTranslation('reception');
  const { name, number } = useFormat();
  const client = useQueryClient();
  const options = {
    onSuccess: (called: Appointment) => {
      replaceAppointment(client, called);
      if (called.token == null) toast.done(t('called.patient', { patient: name(called.patient) }));
      else if (called.called_to) {
        const chair = chairName(called.called_to);
        toast.done(t('called.numberTo', { number: number(called.token), chair }));
      } else toast.done(t('called.number', { number: number(called.token) }));
    },
    onError: (error: Error) => {
      toast.failed(errorMessage(error));
      void client.invalidateQueries({ queryKey: ['appointments'] });
    },
  };
  const next = useAction<Appointment>(
    (_, act) =>
      api.post(
        '/appointments/call-next',
        { branch_id: branchId, doctor_id: doctorId, chair_id: chairId },
        act,
      ),
    options,
  );
  const one = useAction<Appointment, string>(
    (id, act) => api.post(`/appointments/${id}/call`, { chair_id: chairId }, act),
    options,
  );
  return { next, one };
}
