import { useCallback, useMemo, useRef, useState } from 'react';
import { clashes } from './clash';
import type { BookAppointment, Placement } from './types';

interface PendingPlacement extends Placement {
  version: number;
  saving: boolean;
}

type Save = (id: string, placement: Placement) => Promise<unknown>;

/**
 * Shows a moved appointment where it was dropped until its record carries a newer version.
 * When saving fails the placement is dropped, and the card is back where it was.
 */
export function usePlacements(appointments: readonly BookAppointment[], save: Save) {
  const [pending, setPending] = useState<ReadonlyMap<string, PendingPlacement>>(new Map());
  const nudged = useRef<{ id: string; placement: Placement } | null>(null);

  const placed = useMemo(() => {
    if (pending.size === 0) return appointments;
    return appointments.map((appointment) => {
      const placement = pending.get(appointment.id);
      if (!placement || placement.version !== appointment.version) return appointment;
      const { columnId, start, end, saving } = placement;
      const clash = !saving && clashes(appointments, appointment, placement);
      return { ...appointment, columnId, start, end, clash, locked: saving || appointment.locked };
    });
  }, [appointments, pending]);

  const forget = useCallback((id: string) => {
    setPending((before) => {
      const after = new Map(before);
      after.delete(id);
      return after;
    });
  }, []);

  const show = useCallback(
    (id: string, placement: Placement, saving: boolean) => {
      const version = appointments.find((item) => item.id === id)?.version;
      if (version === undefined) return;
      setPending((before) => new Map(before).set(id, { ...placement, version, saving }));
    },
    [appointments],
  );

  const commit = useCallback(
    (id: string, placement: Placement) => {
      show(id, placement, true);
      save(id, placement).catch(() => forget(id));
    },
    [show, save, forget],
  );

  const nudge = useCallback(
    (appointment: BookAppointment, placement: Placement) => {
      nudged.current = { id: appointment.id, placement };
      show(appointment.id, placement, false);
    },
    [show],
  );

  const endNudge = useCallback(
    (keep: boolean) => {
      const last = nudged.current;
      nudged.current = null;
      if (!last) return;
      const origin = appointments.find((item) => item.id === last.id);
      const moved = origin && !samePlace(origin, last.placement);
      if (keep && moved) commit(last.id, last.placement);
      else forget(last.id);
    },
    [appointments, commit, forget],
  );

  return { placed, commit, nudge, endNudge };
}

function samePlace(a: Placement, b: Placement): boolean {
  return a.columnId === b.columnId && a.start === b.start && a.end === b.end;
}
