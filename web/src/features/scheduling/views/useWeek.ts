import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Appointment } from '@/api/types';
import { localDateOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { isCalledOff } from '../book/types';
import type { BookFilter } from '../bookAddress';
import { dayRange, weekColumns } from '../dayModel';
import { minutesOfInstant } from '../dayTime';
import { type Loaded, loaded } from '../loaded';
import { hoursQuery, weekAppointmentsQuery } from '../queries';
import { useBookAppointments, useStableColumns } from '../useBookRecords';
import type { BookSetup } from '../useBookSetup';
import { useMayMove } from '../useMayMove';
import { useNow } from '../useNow';
import type { Day } from './useDay';
import { useTakenTime } from './useTakenTime';

/** The doctor or the chair whose week is shown. */
export type Whose = { doctorId: string } | { chairId: string };

export interface WeekRequest {
  setup: BookSetup;
  days: readonly string[];
  whose: Whose;
  statuses: BookFilter['statuses'];
  showCancelled: boolean;
}

export interface Week extends Omit<Day, 'now' | 'records'> {
  records: readonly Appointment[];
  /** The column of today and its minutes, when the week has it. */
  now: { columnId: string; minutes: number } | null;
}

const NO_HOURS = { branches: [], doctors: [] };
const NO_APPOINTMENTS: Appointment[] = [];

/** Seven days of one doctor or chair. */
export function useWeek({ setup, days, whose, statuses, showCancelled }: WeekRequest): Loaded<Week> {
  const { timeZone, name: nameOf, dayOfWeek } = useFormat();
  const now = useNow();
  const mayMove = useMayMove();
  const [from = '', to = ''] = [days[0], days.at(-1)];
  const chair = 'chairId' in whose ? setup.chairs.find(({ id }) => id === whose.chairId) : undefined;
  const branchId = chair?.branch_id ?? null;
  const owner = 'doctorId' in whose ? { doctor_id: whose.doctorId } : { chair_id: whose.chairId };
  const results = useQueries({
    queries: [weekAppointmentsQuery(days, owner), hoursQuery(from, to, branchId)],
  });
  const [appointments, hours] = results;
  const taken = useTakenTime(from, to);

  const records = useMemo(
    () =>
      (appointments.data ?? NO_APPOINTMENTS).filter(({ status }) => showCancelled || !isCalledOff(status)),
    [appointments.data, showCancelled],
  );
  const doctorId = 'doctorId' in whose ? whose.doctorId : '';
  const freshColumns = useMemo(
    () => weekColumns(hours.data ?? NO_HOURS, days, chair ?? { doctorId }, taken, dayOfWeek, nameOf),
    [hours.data, days, chair, doctorId, taken, dayOfWeek, nameOf],
  );
  const columns = useStableColumns(freshColumns);
  const filter = useMemo<BookFilter>(() => ({ branchId: null, doctorId: null, statuses }), [statuses]);
  const shown = useBookAppointments(records, {
    axis: 'date',
    date: from,
    nameOf,
    mayMove,
    filter,
    limits: setup.clinic,
    now,
  });
  const range = useMemo(() => dayRange(columns, shown), [columns, shown]);

  const today = localDateOf(new Date(now), timeZone);
  const week: Week | null =
    appointments.data && hours.data
      ? {
          records,
          columns,
          appointments: shown,
          range,
          unread: taken.error && { error: taken.error, retry: taken.retry },
          now: days.includes(today)
            ? { columnId: today, minutes: minutesOfInstant(new Date(now), timeZone) }
            : null,
        }
      : null;
  return loaded(results, week);
}
