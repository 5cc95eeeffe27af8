import { useMemo } from 'react';
import { useSession } from '@/api/session';
import type { Appointment } from '@/api/types';
import { useCan } from '@/lib/permissions';

export type MayMove = (appointment: Pick<Appointment, 'doctor_id'>) => boolean;

/** Whose appointments the reader may change: all, his own, or none. */
export function useMayMove(): MayMove {
  const can = useCan();
  const mayWrite = can('scheduling.write');
  const ownOnly = can.ownOnly('scheduling.write');
  const { staff_id: staffId } = useSession();
  return useMemo(
    () => (appointment) => mayWrite && (!ownOnly || appointment.doctor_id === staffId),
    [mayWrite, ownOnly, staffId],
  );
}
