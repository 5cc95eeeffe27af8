import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Appointment, AppointmentStatus } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import { replaceAppointment, showStatus } from './queries';

export interface StatusReason {
  reason: string;
  /** Whether a cancelled patient wants to be booked again. */
  follow_up?: boolean;
}

/** Changes the status at once on the screen; a refusal puts it back and says why. Answers whether it held. */
export function useChangeStatus() {
  const { t } = useTranslation(['scheduling', 'common']);
  const { name: nameOf } = useFormat();
  const client = useQueryClient();
  return useCallback(
    async (
      appointment: Appointment,
      status: AppointmentStatus,
      why: StatusReason | null,
    ): Promise<boolean> => {
      showStatus(client, appointment.id, status);
      try {
        const answer = await api.post<Appointment>(
          `/appointments/${appointment.id}/status`,
          { status, ...why },
          { version: appointment.version, idempotencyKey: crypto.randomUUID() },
        );
        replaceAppointment(client, { ...appointment, ...answer });
        void client.invalidateQueries({ queryKey: ['appointments', 'counts'] });
        toast.done(
          t('statusMenu.changed', {
            patient: nameOf(appointment.patient),
            status: t(`common:status.${status}`),
          }),
        );
        return true;
      } catch (error) {
        showStatus(client, appointment.id, appointment.status);
        toast.failed(errorMessage(error));
        void client.invalidateQueries({ queryKey: ['appointments'] });
        return false;
      }
    },
    [client, nameOf, t],
  );
}
