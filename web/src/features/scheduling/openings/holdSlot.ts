import { useQueryClient } from '@tanstack/react-query';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import type { FreeSlot, SlotHold } from '@/api/types';
import { localDateOf, localTimeOf } from '@/lib/format';
import { minutesOfTime } from '../dayTime';
import type { NewSlot } from '../newAppointment';

/** A slot that is kept for the reader, and what for. */
export interface HeldSlot {
  id: string;
  /** By this machine's clock. */
  until: number;
  typeId: string | null;
  slot: NewSlot;
}

/** Keeps a slot that was found. */
export function useHoldSlot(typeId: string | null, timeZone: string) {
  const client = useQueryClient();
  return useAction<HeldSlot, FreeSlot>(
    async (free, act) => {
      const hold = await api.post<SlotHold>(
        '/holds',
        {
          doctor_id: free.doctor_id,
          chair_id: free.chair_id,
          starts_at: free.starts_at,
          ends_at: free.ends_at,
          type_id: typeId,
          pattern: free.pattern,
        },
        act,
      );
      return heldSlot(hold, typeId, timeZone, Date.now());
    },
    // Somebody was faster: what is shown as free no longer is.
    { onError: () => client.invalidateQueries({ queryKey: ['appointments', 'openings'] }) },
  );
}

export function heldSlot(hold: SlotHold, typeId: string | null, timeZone: string, now: number): HeldSlot {
  const start = minutesOfTime(localTimeOf(hold.starts_at, timeZone));
  const minutes = Math.round((Date.parse(hold.ends_at) - Date.parse(hold.starts_at)) / 60_000);
  return {
    id: hold.id,
    until: now + hold.seconds_left * 1000,
    typeId,
    slot: {
      date: localDateOf(new Date(hold.starts_at), timeZone),
      start,
      end: start + minutes,
      chairId: hold.chair_id ?? null,
      doctorId: hold.doctor_id,
    },
  };
}

/** Gives a slot up; one that has expired meanwhile is given up already. */
export function releaseHold(id: string): void {
  api.delete(`/holds/${id}`).catch(() => {});
}
