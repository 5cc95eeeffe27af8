import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { Appointment } from '@/api/types';
import { draft } from '@/lib/draft';
import { useFormat } from '@/lib/format-context';
import { toast } from '@/ui/toast';
import { minutesBetween, wallClock } from '../dayTime';
import type { NewSlot } from '../newAppointment';
import { appointmentQuery, replaceAppointment } from '../queries';
import { isMovable } from '../statusSteps';

const KEPT_AS = 'pinboard';

export interface Pinboard {
  pins: readonly Appointment[];
  /** The one that goes into the next slot that is picked. */
  chosen: Appointment | null;
  park(appointment: Appointment): void;
  choose(id: string | null): void;
  remove(id: string): void;
  /** Moves the chosen one into a slot of the book. */
  place(slot: NewSlot): void;
}

/** Where a parked appointment is asked to go: as long as it is, on the chair and with the doctor of the slot. */
export function placeOf(appointment: Appointment, slot: NewSlot) {
  const minutes = minutesBetween(appointment.starts_at, appointment.ends_at);
  return {
    starts_at: wallClock(slot.date, slot.start),
    ends_at: wallClock(slot.date, slot.start + minutes),
    ...(slot.chairId ? { chair_id: slot.chairId } : {}),
    ...(slot.doctorId ? { doctor_id: slot.doctorId } : {}),
  };
}

/** The pins as others have left their appointments; what can be moved no more has no place here. */
export function asTheyStand(
  pins: readonly Appointment[],
  now: readonly Appointment[],
): readonly Appointment[] {
  const after = pins.flatMap((pin) => {
    const fresh = now.find(({ id, version }) => id === pin.id && version > pin.version);
    if (!fresh) return [pin];
    return isMovable(fresh.status) ? [fresh] : [];
  });
  return after.every((pin, index) => pin === pins[index]) && after.length === pins.length ? pins : after;
}

/** Appointments that are parked while one pages through days. They keep their slot until they are put elsewhere. */
export function usePinboard(): Pinboard {
  const { t } = useTranslation('scheduling');
  const { name: nameOf, date, time } = useFormat();
  const client = useQueryClient();
  const [pins, setPins] = useState<readonly Appointment[]>(() => draft.read<Appointment[]>(KEPT_AS) ?? []);
  const [chosenId, setChosenId] = useState<string | null>(null);
  const keep = useCallback((change: (before: readonly Appointment[]) => readonly Appointment[]) => {
    setPins((before) => {
      const after = change(before);
      draft.write(KEPT_AS, after);
      return after;
    });
  }, []);
  const park = useCallback(
    (appointment: Appointment) => {
      keep((before) => [...before.filter(({ id }) => id !== appointment.id), appointment]);
      setChosenId(appointment.id);
    },
    [keep],
  );
  const remove = useCallback(
    (id: string) => {
      keep((before) => before.filter((pin) => pin.id !== id));
      setChosenId((before) => (before === id ? null : before));
    },
    [keep],
  );
  const read = useQueries({ queries: pins.map(({ id }) => appointmentQuery(id)) });
  const versions = read.map(({ data }) => data && `${data.id} ${data.version}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `read` is a new list each time; its versions tell a change
  useEffect(() => {
    const now = read.flatMap(({ data }) => data ?? []);
    if (now.length > 0) keep((before) => asTheyStand(before, now));
  }, [versions, keep]);
  const chosen = pins.find(({ id }) => id === chosenId) ?? null;
  const move = useAction<Appointment, { appointment: Appointment; slot: NewSlot }>(
    ({ appointment, slot }, act) =>
      api.post<Appointment>(`/appointments/${appointment.id}/reschedule`, placeOf(appointment, slot), {
        version: appointment.version,
        ...act,
      }),
    {
      onSuccess: (answer, { appointment }) => {
        replaceAppointment(client, { ...appointment, ...answer });
        remove(appointment.id);
        const place = `${date(answer.local_date)} · ${time(answer.local_start)}`;
        toast.done(t('moved', { patient: nameOf(appointment.patient), place }));
        return client.invalidateQueries({ queryKey: ['appointments'] });
      },
      onError: async (error, { appointment }) => {
        const stale = isApiError(error) && error.status === 412;
        toast.failed(stale ? t('notMoved.stale') : errorMessage(error));
        if (stale) {
          // Parked as it stands now, so that the next try is on top of what changed.
          const now = await api.get<Appointment>(`/appointments/${appointment.id}`);
          keep((before) => before.map((pin) => (pin.id === now.id ? now : pin)));
        }
      },
    },
  );
  const place = (slot: NewSlot) => {
    if (chosen && !move.isPending) move.mutate({ appointment: chosen, slot });
  };
  return { pins, chosen, park, choose: setChosenId, remove, place };
}
