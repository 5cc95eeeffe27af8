import { useMemo, useRef } from 'react';
import type { Appointment } from '@/api/types';
import type { BookAppointment, BookColumnData } from './book/types';
import { type AppointmentChoice, bookAppointment } from './bookAppointment';

/**
 * The book's appointments. One whose record is the same object as before stays the same object, so a
 * live refresh or the passing of a minute redraws only what changed.
 */
export function useBookAppointments(
  appointments: readonly Appointment[],
  { axis, date, nameOf, mayMove, filter, limits, now }: AppointmentChoice,
): BookAppointment[] {
  const known = useMemo(
    () => ({
      choice: { axis, date, nameOf, mayMove, filter, limits },
      made: new WeakMap<Appointment, BookAppointment>(),
    }),
    [axis, date, nameOf, mayMove, filter, limits],
  );
  return useMemo(
    () =>
      appointments.map((appointment) => {
        const before = known.made.get(appointment);
        if (before && before.stayMinutes === undefined) return before;
        const made = bookAppointment(appointment, { ...known.choice, now });
        if (before?.stayMinutes === made.stayMinutes && before) return before;
        known.made.set(appointment, made);
        return made;
      }),
    [appointments, known, now],
  );
}

/** Columns that say the same as before stay the same objects. */
export function useStableColumns(columns: BookColumnData[]): BookColumnData[] {
  const previous = useRef(new Map<string, { text: string; column: BookColumnData }>());
  return useMemo(() => {
    const kept = new Map<string, { text: string; column: BookColumnData }>();
    for (const column of columns) {
      const text = JSON.stringify(column);
      const before = previous.current.get(column.id);
      kept.set(column.id, before?.text === text ? before : { text, column });
    }
    previous.current = kept;
    return [...kept.values()].map(({ column }) => column);
  }, [columns]);
}
