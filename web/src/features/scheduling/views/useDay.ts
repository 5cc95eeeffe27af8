import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Appointment } from '@/api/types';
import { addDays, localDateOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { type BookAppointment, type BookColumnData, isCalledOff } from '../book/types';
import type { BookFilter } from '../bookAddress';
import { type DayRecords, dayColumns, dayRange, isOnDay, nightEndOf } from '../dayModel';
import { minutesOfInstant } from '../dayTime';
import { type Fault, type Loaded, loaded } from '../loaded';
import { dayAppointmentsQuery, hoursQuery } from '../queries';
import { useBookAppointments, useStableColumns } from '../useBookRecords';
import type { BookSetup } from '../useBookSetup';
import { useMayMove } from '../useMayMove';
import { useNow } from '../useNow';
import { useTakenTime } from './useTakenTime';

export interface Day {
  records: DayRecords;
  columns: BookColumnData[];
  appointments: BookAppointment[];
  range: { dayStart: number; dayEnd: number; openAt: number };
  /** Minutes from midnight, or null when the day shown is not today. */
  now: number | null;
  /** Why blocks and kept slots are not drawn. */
  unread: Fault | null;
}

export interface DayRequest {
  setup: BookSetup;
  date: string;
  axis: 'chair' | 'doctor';
  filter: BookFilter;
  showCancelled: boolean;
  noChairTitle: string;
}

const NO_HOURS = { branches: [], doctors: [] };
const NO_APPOINTMENTS: Appointment[] = [];

/** One day of the book: all it needs is read together, so that a missing part is never an empty one. */
export function useDay({ setup, date, axis, filter, showCancelled, noChairTitle }: DayRequest): Loaded<Day> {
  const { timeZone, name: nameOf } = useFormat();
  const now = useNow();
  const mayMove = useMayMove();
  const { branchId } = filter;
  const results = useQueries({
    queries: [dayAppointmentsQuery({ date, branchId }), hoursQuery(date, date, branchId)],
  });
  const [appointments, hours] = results;
  const taken = useTakenTime(date, date);
  usePrefetchedNeighbours(date, branchId);

  const records = useMemo<DayRecords>(() => {
    const nightEnd = nightEndOf(hours.data ?? NO_HOURS, date);
    const kept = (item: Appointment) =>
      isOnDay(item, date, nightEnd) && (showCancelled || !isCalledOff(item.status));
    return {
      appointments: (appointments.data ?? NO_APPOINTMENTS).filter(kept),
      hours: hours.data ?? NO_HOURS,
      chairs: setup.chairs,
      doctors: setup.doctors,
      branches: setup.branches,
      taken,
    };
  }, [appointments.data, hours.data, setup, taken, date, showCancelled]);

  const freshColumns = useMemo(
    () => dayColumns(records, { date, axis, branchId, doctorId: filter.doctorId }, nameOf, noChairTitle),
    [records, date, axis, branchId, filter.doctorId, nameOf, noChairTitle],
  );
  const columns = useStableColumns(freshColumns);
  const limits = setup.clinic;
  const shown = useBookAppointments(records.appointments, {
    axis,
    date,
    nameOf,
    mayMove,
    filter,
    limits,
    now,
  });
  const range = useMemo(() => dayRange(columns, shown), [columns, shown]);

  const isToday = localDateOf(new Date(now), timeZone) === date;
  const day: Day | null =
    appointments.data && hours.data
      ? {
          records,
          columns,
          appointments: shown,
          range,
          unread: taken.error && { error: taken.error, retry: taken.retry },
          now: isToday ? minutesOfInstant(new Date(now), timeZone) : null,
        }
      : null;
  return loaded(results, day);
}

/** The days beside this one are read ahead, so that turning the page shows no skeleton. */
function usePrefetchedNeighbours(date: string, branchId: string | null) {
  const client = useQueryClient();
  useEffect(() => {
    for (const days of [1, -1]) {
      const neighbour = addDays(date, days);
      void client.prefetchQuery(dayAppointmentsQuery({ date: neighbour, branchId }));
      void client.prefetchQuery(hoursQuery(neighbour, neighbour, branchId));
    }
  }, [client, date, branchId]);
}
