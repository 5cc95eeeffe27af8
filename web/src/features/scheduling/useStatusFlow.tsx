import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import type { Appointment, AppointmentStatus } from '@/api/types';
import { useSlots } from '@/ui/slots';
import type { OfferedSlot } from './offers';
import { needsReason } from './statusSteps';
import { type StatusReason, useChangeStatus } from './useChangeStatus';

const StatusReasonDialog = lazy(async () => ({
  default: (await import('./StatusReasonDialog')).StatusReasonDialog,
}));

/**
 * Changing a status from anywhere: asks for the reason where one is needed, and offers the time that became
 * free to who waits for it. Render `dialog` once.
 */
export function useStatusFlow(): {
  pick(appointment: Appointment, status: AppointmentStatus): void;
  dialog: ReactNode;
} {
  const { SlotOffers } = useSlots();
  const [offered, setOffered] = useState<OfferedSlot | null>(null);
  const change = useChangeStatus(setOffered);
  const [asking, setAsking] = useState<{ appointment: Appointment; status: AppointmentStatus } | null>(null);
  const pick = useCallback(
    (appointment: Appointment, status: AppointmentStatus) => {
      if (needsReason(appointment.status, status)) setAsking({ appointment, status });
      else void change(appointment, status, null);
    },
    [change],
  );
  const dialog = asking && (
    <Suspense fallback={null}>
      <StatusReasonDialog
        {...asking}
        onClose={() => setAsking(null)}
        onConfirm={(reason: StatusReason) => {
          setAsking(null);
          void change(asking.appointment, asking.status, reason);
        }}
      />
    </Suspense>
  );
  return {
    pick,
    dialog: (
      <>
        {dialog}
        {offered && <SlotOffers {...offered} onClose={() => setOffered(null)} />}
      </>
    ),
  };
}
