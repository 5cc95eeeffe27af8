import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Clinic } from '@/api/types';
import { addDays, localDateOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import type { BookAppointment, BookColumnData } from './book/types';
import { type BookView, type DayRecords, dayColumns, dayRange } from './dayModel';
import { minutesOfInstant } from './dayTime';
import {
  branchesQuery,
  chairsQuery,
  clinicQuery,
  dayAppointmentsQuery,
  dayHoursQuery,
  doctorsQuery,
} from './queries';
import { useBookAppointments, useStableColumns } from './useBookRecords';
import { useMayMove } from './useMayMove';
import { useNow } from './useNow';

export interface Day {
  date: string;
  view: BookView;
  records: DayRecords;
  clinic: Clinic;
  columns: BookColumnData[];
  appointments: BookAppointment[];
  range: { dayStart: number; dayEnd: number; openAt: number };
  /** Minutes from midnight, or null when the day shown is not today. */
  now: number | null;
}

export type DayState =
  | { kind: 'loading' }
  | { kind: 'failed'; error: Error; retry: () => void }
  /** `fault`: what is shown could not be read again, and may be out of date. */
  | { kind: 'ready'; day: Day; fault: Error | null; retry: () => void };

interface DayRequest {
  date: string;
  view: BookView;
  branchId: string | null;
  showCancelled: boolean;
  noChairTitle: string;
}

const NO_RECORDS: DayRecords = {
  appointments: [],
  chairs: [],
  doctors: [],
  branches: [],
  hours: { branches: [], doctors: [] },
};

/** One day of the book: all it needs is read together, so that a missing part is never an empty one. */
export function useDay({ date, view, branchId, showCancelled, noChairTitle }: DayRequest): DayState {
  const { timeZone, name: nameOf } = useFormat();
  const now = useNow();
  const mayMove = useMayMove();
  const results = useQueries({
    queries: [
      dayAppointmentsQuery({ date, branchId }),
      dayHoursQuery(date),
      chairsQuery,
      doctorsQuery,
      branchesQuery,
      clinicQuery,
    ],
  });
  const [appointments, hours, chairs, doctors, branches, clinic] = results;
  usePrefetchedNeighbours(date, branchId);

  const records = useMemo<DayRecords | null>(() => {
    if (!appointments.data || !hours.data || !chairs.data || !doctors.data || !branches.data) return null;
    return {
      appointments: showCancelled
        ? appointments.data
        : appointments.data.filter(({ status }) => status !== 'cancelled' && status !== 'rescheduled'),
      hours: hours.data,
      chairs: chairs.data,
      doctors: doctors.data,
      branches: branches.data,
    };
  }, [appointments.data, hours.data, chairs.data, doctors.data, branches.data, showCancelled]);

  const freshColumns = useMemo(
    () => dayColumns(records ?? NO_RECORDS, { date, view, branchId }, nameOf, noChairTitle),
    [records, date, view, branchId, nameOf, noChairTitle],
  );
  const columns = useStableColumns(freshColumns);
  const {
    waiting_amber_minutes: amber = Number.POSITIVE_INFINITY,
    waiting_red_minutes: red = Number.POSITIVE_INFINITY,
  } = clinic.data ?? {};
  const waitingLimits = useMemo(() => ({ amber, red }), [amber, red]);
  const shown = useBookAppointments((records ?? NO_RECORDS).appointments, {
    view,
    waitingLimits,
    nameOf,
    mayMove,
    now,
  });
  const range = useMemo(() => dayRange(columns, shown), [columns, shown]);

  const error = results.find((one) => one.isError)?.error ?? null;
  const retry = () => {
    for (const one of results) if (one.isError) void one.refetch();
  };
  if (records && clinic.data) {
    const today = localDateOf(new Date(now), timeZone) === date;
    const day: Day = {
      date,
      view,
      records,
      clinic: clinic.data,
      columns,
      appointments: shown,
      range,
      now: today ? minutesOfInstant(new Date(now), timeZone) : null,
    };
    return { kind: 'ready', day, fault: error, retry };
  }
  if (!error) return { kind: 'loading' };
  return { kind: 'failed', error, retry };
}

/** The days beside this one are read ahead, so that turning the page shows no skeleton. */
function usePrefetchedNeighbours(date: string, branchId: string | null) {
  const client = useQueryClient();
  useEffect(() => {
    for (const days of [1, -1]) {
      const neighbour = addDays(date, days);
      void client.prefetchQuery(dayAppointmentsQuery({ date: neighbour, branchId }));
      void client.prefetchQuery(dayHoursQuery(neighbour));
    }
  }, [client, date, branchId]);
}
