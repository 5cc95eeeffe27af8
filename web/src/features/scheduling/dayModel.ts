import type { Appointment, Branch, Chair, Staff, WorkingDay, WorkingHours } from '@/api/types';
import { addDays } from '@/lib/format';
import { type BookAppointment, type BookColumnData, holdsSlot } from './book/types';
import { DAY_MINUTES, minutesOfTime } from './dayTime';
import type { NameOf } from './places';
import { isOfDoctor, isOnChair, type Occupant, type TakenTime, takenTime } from './takenTime';

/** What the columns of a book are: the chairs or the doctors of one day, or the days of one of them. */
export type BookAxis = 'chair' | 'doctor' | 'date';

/** The column of appointments that have no chair yet. */
export const NO_CHAIR = 'no-chair';

const EARLIEST_START = 8 * 60;
const LATEST_START = 20 * 60;
const HOUR = 60;

type Hours = ReadonlyArray<readonly [number, number]>;

export interface DayRecords {
  appointments: readonly Appointment[];
  /** In the order of the book. */
  chairs: readonly Chair[];
  doctors: readonly Staff[];
  branches: readonly Branch[];
  hours: WorkingHours;
  taken: TakenTime;
}

interface DayChoice {
  date: string;
  axis: 'chair' | 'doctor';
  /** Null is every branch. */
  branchId: string | null;
  /** Only this doctor's column, where the columns are doctors. */
  doctorId?: string | null;
}

const NO_HOURS: Hours = [];

/** The hours of a day in minutes from its midnight, and what is left of the night before. */
function hoursOn(days: readonly WorkingDay[], date: string): Hours {
  const day = days.find((one) => one.date === date);
  const nightBefore = days.find((one) => one.date === addDays(date, -1));
  const left = (nightBefore?.intervals.map(minutesOf) ?? [])
    .filter(([, end]) => end > DAY_MINUTES)
    .map(([, end]) => [0, end - DAY_MINUTES] as const);
  const own = day?.intervals.map(minutesOf) ?? [];
  return left.length + own.length > 0 ? [...left, ...own] : NO_HOURS;
}

/** Work that ends past midnight ends at an earlier time than it began, or at the same. */
function minutesOf({ start, end }: WorkingDay['intervals'][number]): readonly [number, number] {
  const [from, until] = [minutesOfTime(start), minutesOfTime(end)];
  return [from, until > from ? until : until + DAY_MINUTES];
}

/** What a day's hours differ from the week for. */
function reasonOn(days: readonly WorkingDay[], date: string, nameOf: NameOf): string {
  return nameOf(days.find((one) => one.date === date)?.reason ?? {});
}

export function columnIdOf(appointment: Appointment, axis: BookAxis): string {
  if (axis === 'date') return appointment.local_date;
  return axis === 'doctor' ? appointment.doctor_id : (appointment.chair_id ?? NO_CHAIR);
}

/** Whether an appointment is on the page of a day: of the night after it, what ends its working hours holds. */
export function isOnDay({ local_date, local_start }: Appointment, date: string, nightEnd: number): boolean {
  return local_date === date || minutesOfTime(local_start) + DAY_MINUTES < nightEnd;
}

/** Until when the working hours of a day reach, in minutes from its midnight. */
export function nightEndOf({ branches, doctors }: WorkingHours, date: string): number {
  const ends = [...branches, ...doctors].flatMap(({ days }) => hoursOn(days, date).map(([, end]) => end));
  return Math.max(DAY_MINUTES, ...ends);
}

/** From when to when some branch is open on a day; null when none is. */
export function openSpanOf({ branches }: WorkingHours, date: string): readonly [number, number] | null {
  const hours = branches.flatMap(({ days }) => hoursOn(days, date));
  if (hours.length === 0) return null;
  return [Math.min(...hours.map(([from]) => from)), Math.max(...hours.map(([, end]) => end))];
}

/**
 * Chairs in their order, or doctors: those who work or have an appointment that day. A chair is
 * headed by the doctors who use it, a doctor by the chairs. Where the chairs of several branches stand side by side,
 * they say which it is: every branch has a chair 1.
 */
export function dayColumns(
  records: DayRecords,
  choice: DayChoice,
  nameOf: NameOf,
  noChairTitle: string,
): BookColumnData[] {
  return choice.axis === 'chair'
    ? chairColumns(records, choice, nameOf, noChairTitle)
    : doctorColumns(records, choice, nameOf);
}

function chairColumns(
  { appointments, chairs, hours, taken, branches }: DayRecords,
  { date, branchId }: DayChoice,
  nameOf: NameOf,
  noChairTitle: string,
): BookColumnData[] {
  const named = branchId === null && branches.filter(({ active }) => active).length > 1 ? branches : [];
  const used = new Set(appointments.map((item) => item.chair_id));
  const columns = chairs
    .filter(
      (chair) => (branchId === null || chair.branch_id === branchId) && (chair.active || used.has(chair.id)),
    )
    .map((chair) => {
      const branch = hours.branches.find((one) => one.branch_id === chair.branch_id);
      const here = appointments.filter((item) => item.chair_id === chair.id && holdsSlot(item.status));
      return {
        id: chair.id,
        title: nameOf(chair),
        subtitle: distinct([
          ...named.filter(({ id }) => id === chair.branch_id).map(nameOf),
          ...here.map((item) => nameOf(item.doctor)),
        ]),
        ...timeOf(branch?.days ?? [], date, nameOf),
        ...takenTime(taken, date, nameOf, (one) => isOnChair(one, chair)),
      };
    });
  if (appointments.some((item) => !item.chair_id)) {
    const anyBranch = hours.branches.find((one) => branchId === null || one.branch_id === branchId);
    columns.push({
      id: NO_CHAIR,
      title: noChairTitle,
      subtitle: '',
      ...timeOf(anyBranch?.days ?? [], date, nameOf),
      blocks: [],
      holds: [],
    });
  }
  return columns;
}

function doctorColumns(
  { appointments, doctors, hours, taken }: DayRecords,
  { date, branchId, doctorId }: DayChoice,
  nameOf: NameOf,
): BookColumnData[] {
  const chosen = doctorId ? doctors.filter(({ id }) => id === doctorId) : doctors;
  const columns = chosen.map((doctor) => {
    const own = hours.doctors.find((one) => one.staff_id === doctor.id);
    const here = appointments.filter((item) => item.doctor_id === doctor.id);
    return {
      works: here.length > 0 || (doctor.active && own !== undefined && hoursOn(own.days, date).length > 0),
      active: doctor.active,
      column: {
        id: doctor.id,
        title: nameOf(doctor),
        subtitle: distinct(
          here.filter((item) => item.chair && holdsSlot(item.status)).map((item) => nameOf(item.chair ?? {})),
        ),
        ...timeOf(own?.days ?? [], date, nameOf),
        ...takenTime(taken, date, nameOf, (one) => isOfDoctor(one, doctor.id, branchId)),
      },
    };
  });
  const working = columns.filter(({ works }) => works);
  const shown = working.length > 0 ? working : columns.filter(({ active }) => active);
  return shown.map(({ column }) => column);
}

/** The days of one doctor or chair, each under its date. */
export function weekColumns(
  hours: WorkingHours,
  days: readonly string[],
  owner: { doctorId: string } | { id: string; branch_id: string },
  taken: TakenTime,
  titleOf: (date: string) => { title: string; subtitle: string },
  nameOf: NameOf,
): BookColumnData[] {
  const mine = (one: Occupant) =>
    'doctorId' in owner ? isOfDoctor(one, owner.doctorId, null) : isOnChair(one, owner);
  const found =
    'doctorId' in owner
      ? hours.doctors.find((one) => one.staff_id === owner.doctorId)
      : hours.branches.find((one) => one.branch_id === owner.branch_id);
  return days.map((date) => ({
    id: date,
    ...titleOf(date),
    ...timeOf(found?.days ?? [], date, nameOf),
    ...takenTime(taken, date, nameOf, mine),
  }));
}

function timeOf(days: readonly WorkingDay[], date: string, nameOf: NameOf) {
  const reason = reasonOn(days, date, nameOf);
  return { workingHours: hoursOn(days, date), ...(reason ? { reason } : {}) };
}

function distinct(names: string[]): string {
  return [...new Set(names)].join(' · ');
}

/** The stretch of the day to draw: the working hours and every appointment, with an hour to spare. */
export function dayRange(
  columns: readonly BookColumnData[],
  appointments: readonly BookAppointment[],
): { dayStart: number; dayEnd: number; openAt: number } {
  const opens = columns.flatMap((column) => column.workingHours.map(([start]) => start));
  const closes = columns.flatMap((column) => column.workingHours.map(([, end]) => end));
  const starts = appointments.map((item) => item.start);
  const ends = appointments.map((item) => item.end);
  // What is left of the night before is not where the day begins.
  const daytime = [...opens, ...starts].filter((minute) => minute > 0);
  const first = Math.min(EARLIEST_START, ...opens, ...starts);
  const last = Math.max(LATEST_START, ...closes, ...ends);
  return {
    dayStart: Math.max(0, Math.floor((first - HOUR) / HOUR) * HOUR),
    // A night's work is drawn to its end; any other day ends at midnight.
    dayEnd: Math.max(
      Math.min(DAY_MINUTES, Math.ceil((last + HOUR) / HOUR) * HOUR),
      Math.ceil(last / HOUR) * HOUR,
    ),
    openAt: daytime.length > 0 ? Math.min(...daytime) : EARLIEST_START,
  };
}
