import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { Appointment, AppointmentStatus } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { toast } from '@/ui/toast';
import { freedSlot, type OfferedSlot } from './offers';
import { replaceAppointment, showStatus } from './queries';

export interface StatusReason {
  reason: string;
  /** Whether a cancelled patient wants to be booked again. */
  follow_up?: boolean;
}

/** Whose status is being changed, from wherever on the page: a second click waits for the first one's answer. */
const underWay = new Set<string>();

/** How it stands when somebody took the same step already, a second click for one; null when it stands otherwise. */
export async function alreadyThere(
  error: unknown,
  id: string,
  status: AppointmentStatus,
): Promise<Appointment | null> {
  if (!isApiError(error) || (error.status !== 412 && error.status !== 409)) return null;
  const now = await api.get<Appointment>(`/appointments/${id}`).catch(() => null);
  return now?.status === status ? now : null;
}

/** Changes the status at once on the screen; a refusal puts it back and says why. Answers whether it held. */
export function useChangeStatus(onOffer: (slot: OfferedSlot) => void) {
  const { t } = useTranslation(['scheduling', 'common']);
  const { name: nameOf } = useFormat();
  const client = useQueryClient();
  const can = useCan();
  const mayOffer = can('patients.read');
  return useCallback(
    async (
      appointment: Appointment,
      status: AppointmentStatus,
      why: StatusReason | null,
    ): Promise<boolean> => {
      if (underWay.has(appointment.id)) return false;
      underWay.add(appointment.id);
      showStatus(client, appointment.id, status);
      try {
        const answer = await api.post<Appointment>(
          `/appointments/${appointment.id}/status`,
          { status, ...why },
          { version: appointment.version, idempotencyKey: crypto.randomUUID() },
        );
        replaceAppointment(client, { ...appointment, ...answer });
        void client.invalidateQueries({ queryKey: ['appointments', 'counts'] });
        const freed = mayOffer && freedSlot({ ...appointment, status }, Date.now());
        toast.done(
          t('statusMenu.changed', {
            patient: nameOf(appointment.patient),
            status: t(`common:status.${status}`),
          }),
          freed ? { act: { label: t('offer.button'), run: () => onOffer(freed) } } : {},
        );
        return true;
      } catch (error) {
        const there = await alreadyThere(error, appointment.id, status);
        if (there) {
          replaceAppointment(client, there);
          return true;
        }
        showStatus(client, appointment.id, appointment.status);
        toast.failed(errorMessage(error));
        void client.invalidateQueries({ queryKey: ['appointments'] });
        return false;
      } finally {
        underWay.delete(appointment.id);
      }
    },
    [client, mayOffer, nameOf, onOffer, t],
  );
}
