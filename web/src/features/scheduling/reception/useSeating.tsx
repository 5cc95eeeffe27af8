import { lazy, type ReactNode, useState } from 'react';
import { errorMessage } from '@/api/errors';
import type { Appointment, Chair } from '@/api/types';
import { toast } from '@/ui/toast';
import { isTaken } from '../isTaken';
import { chairFor } from './board';
import { type Seating, useSeat } from './useSeat';

const SeatDialog = lazy(() => import('./SeatDialog'));

interface SeatingPlaces {
  appointments: readonly Appointment[];
  /** The chairs of the branch. */
  chairs: readonly Chair[];
  occupants: ReadonlyMap<string, Appointment>;
  /** The chair that is called to. */
  chairId: string | null;
  chairName(id: string): string;
}

/** Seats with one click where the chair is known and empty, and asks where it is not. Render `dialog` once. */
export function useSeating({ appointments, chairs, occupants, chairId, chairName }: SeatingPlaces): {
  seat(appointment: Appointment): void;
  /** Who is being seated. */
  busy: string | null;
  dialog: ReactNode;
} {
  const [asking, setAsking] = useState<{ id: string; chairId: string | null } | null>(null);
  const act = useSeat(chairName);
  const run = (seating: Seating) =>
    act.mutate(seating, {
      onSuccess: () => setAsking(null),
      onError: (error) => {
        if (asking) return;
        if (isTaken(error)) setAsking({ id: seating.appointment.id, chairId: seating.chairId });
        else toast.failed(errorMessage(error));
      },
    });
  const seat = (appointment: Appointment) => {
    const chair = chairFor(appointment, chairId);
    if (chair && !occupants.has(chair)) run({ appointment, chairId: chair });
    else {
      act.reset();
      setAsking({ id: appointment.id, chairId: chair });
    }
  };
  const waits = appointments.find(({ id, status }) => id === asking?.id && status === 'arrived');
  return {
    seat,
    busy: act.isPending ? act.variables.appointment.id : null,
    dialog: asking && waits && (
      <SeatDialog
        key={asking.id}
        appointment={waits}
        chairs={chairs}
        occupants={occupants}
        chairId={asking.chairId}
        error={act.error}
        seating={act.isPending}
        onSeat={run}
        onClose={() => setAsking(null)}
      />
    ),
  };
}
