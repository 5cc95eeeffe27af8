import type { Appointment, Branch, Chair, SlotHold, Staff, TimeBlock, WorkingHours } from '@/api/types';
import { addDays, daysBetween } from '@/lib/format';
import { type BookAppointment, type BookColumnData, holdsSlot } from './book/types';
import type { BookFilter } from './bookAddress';
import { minutesBetween, minutesOfTime } from './dayTime';
import { isMovable } from './statusSteps';

/** What the columns of a book are: the chairs or the doctors of one day, or the days of one of them. */
export type BookAxis = 'chair' | 'doctor' | 'date';

/** The column of appointments that have no chair yet. */
export const NO_CHAIR = 'no-chair';

const EARLIEST_START = 8 * 60;
const LATEST_START = 20 * 60;
const HOUR = 60;
const DAY = 24 * HOUR;

type Hours = ReadonlyArray<readonly [number, number]>;
type NameOf = (thing: { name_ar?: string | null; name_en?: string | null }) => string;

export interface DayRecords {
  appointments: readonly Appointment[];
  chairs: readonly Chair[];
  doctors: readonly Staff[];
  branches: readonly Branch[];
  hours: WorkingHours;
  taken: TakenTime;
}

/** What takes time of the book besides appointments. */
export interface TakenTime {
  blocks: readonly TimeBlock[];
  holds: readonly SlotHold[];
  /** The time of day of an instant, in minutes from midnight. */
  minuteOf(instant: string): { date: string; minutes: number };
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

type WorkingDays = WorkingHours['branches'][number]['days'];

/** The hours of a day in minutes from its midnight, and what is left of the night before. */
function hoursOn(days: WorkingDays, date: string): Hours {
  const day = days.find((one) => one.date === date);
  const nightBefore = days.find((one) => one.date === addDays(date, -1));
  const left = (nightBefore?.intervals.map(minutesOf) ?? [])
    .filter(([, end]) => end > DAY)
    .map(([, end]) => [0, end - DAY] as const);
  const own = day?.intervals.map(minutesOf) ?? [];
  return left.length + own.length > 0 ? [...left, ...own] : NO_HOURS;
}

/** Work that ends past midnight ends at an earlier time than it began, or at the same. */
function minutesOf({ start, end }: WorkingDays[number]['intervals'][number]): readonly [number, number] {
  const [from, until] = [minutesOfTime(start), minutesOfTime(end)];
  return [from, until > from ? until : until + DAY];
}

/** What a day's hours differ from the week for. */
function reasonOn(days: WorkingDays, date: string, nameOf: NameOf): string {
  return nameOf(days.find((one) => one.date === date)?.reason ?? {});
}

export function columnIdOf(appointment: Appointment, axis: BookAxis): string {
  if (axis === 'date') return appointment.local_date;
  return axis === 'doctor' ? appointment.doctor_id : (appointment.chair_id ?? NO_CHAIR);
}

/** Whether an appointment is on the page of a day: of the night after it, what ends its working hours holds. */
export function isOnDay({ local_date, local_start }: Appointment, date: string, nightEnd: number): boolean {
  return local_date === date || minutesOfTime(local_start) + DAY < nightEnd;
}

/** Until when the working hours of a day reach, in minutes from its midnight. */
export function nightEndOf({ branches, doctors }: WorkingHours, date: string): number {
  const ends = [...branches, ...doctors].flatMap(({ days }) => hoursOn(days, date).map(([, end]) => end));
  return Math.max(DAY, ...ends);
}

/**
 * Chairs in their order, or doctors: those who work or have an appointment that day. A chair is
 * headed by the doctors who use it, a doctor by the chairs.
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
  const used = new Set(appointments.map((item) => item.chair_id));
  // Two branches may each have a first chair.
  const several = branchId === null && new Set(chairs.map((chair) => chair.branch_id)).size > 1;
  const branchName = (id: string) => nameOf(branches.find((branch) => branch.id === id) ?? {});
  const columns = chairs
    .filter(
      (chair) => (branchId === null || chair.branch_id === branchId) && (chair.active || used.has(chair.id)),
    )
    .map((chair) => {
      const branch = hours.branches.find((one) => one.branch_id === chair.branch_id);
      const here = appointments.filter((item) => item.chair_id === chair.id && holdsSlot(item.status));
      return {
        id: chair.id,
        title: several ? `${nameOf(chair)} · ${branchName(chair.branch_id)}` : nameOf(chair),
        subtitle: distinct(here.map((item) => nameOf(item.doctor))),
        ...timeOf(branch?.days ?? [], date, nameOf),
        ...takenTime(taken, date, nameOf, (one) => isOnChair(one, chair)),
      };
    });
  if (used.has(null)) {
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

function timeOf(days: WorkingDays, date: string, nameOf: NameOf) {
  const reason = reasonOn(days, date, nameOf);
  return { workingHours: hoursOn(days, date), ...(reason ? { reason } : {}) };
}

type Occupant = Pick<SlotHold, 'chair_id'> & { doctor_id: string | null; branch_id?: string };

/** A block of neither chair nor doctor is the whole branch's. */
const isOfBranch = ({ chair_id, doctor_id }: Occupant) => chair_id === null && doctor_id === null;

function isOnChair(one: Occupant, chair: { id: string; branch_id: string }): boolean {
  return one.chair_id === chair.id || (isOfBranch(one) && one.branch_id === chair.branch_id);
}

function isOfDoctor(one: Occupant, doctorId: string, branchId: string | null): boolean {
  return one.doctor_id === doctorId || (isOfBranch(one) && branchId !== null && one.branch_id === branchId);
}

/** The blocks and kept slots of a column, by their minutes of its day. */
function takenTime(
  { blocks, holds, minuteOf }: TakenTime,
  date: string,
  nameOf: NameOf,
  mine: (one: Occupant) => boolean,
): Pick<BookColumnData, 'blocks' | 'holds'> {
  const place = ({ id, starts_at, ends_at }: { id: string; starts_at: string; ends_at: string }) => {
    const at = minuteOf(starts_at);
    const start = at.minutes + daysBetween(date, at.date) * DAY;
    return { id, start, end: start + minutesBetween(starts_at, ends_at) };
  };
  const onDay = ({ start, end }: { start: number; end: number }) => start < DAY && end > 0;
  return {
    blocks: blocks
      .filter(mine)
      .map((block) => ({ ...place(block), label: block.title, kind: block.kind }))
      .filter(onDay),
    holds: holds
      .filter(mine)
      .map((hold) => ({ ...place(hold), label: nameOf(hold.held_by) }))
      .filter(onDay),
  };
}

function distinct(names: string[]): string {
  return [...new Set(names)].join(' · ');
}

/** Minutes after which waiting turns amber and red: the clinic's own limits. */
export interface WaitingLimits {
  waiting_amber_minutes: number;
  waiting_red_minutes: number;
}

export interface AppointmentChoice {
  axis: BookAxis;
  /** The day that minutes are counted from; the days of a week count their own. */
  date: string;
  nameOf: NameOf;
  /** What they may move; a doctor may be limited to his own. */
  mayMove(appointment: Appointment): boolean;
  filter: BookFilter;
  limits: WaitingLimits;
  /** The instant that waiting is counted to, in milliseconds. */
  now: number;
}

export function isFilteredOut({ doctor_id, status }: Appointment, filter: BookFilter): boolean {
  return (
    (filter.doctorId !== null && doctor_id !== filter.doctorId) ||
    (filter.statuses.length > 0 && !filter.statuses.includes(status))
  );
}

export function bookAppointment(appointment: Appointment, choice: AppointmentChoice): BookAppointment {
  const { axis, date, nameOf, mayMove, filter, limits, now } = choice;
  const nights = axis === 'date' ? 0 : daysBetween(date, appointment.local_date);
  const start = minutesOfTime(appointment.local_start) + nights * DAY;
  const minutes = minutesBetween(appointment.starts_at, appointment.ends_at);
  const { type } = appointment;
  return {
    id: appointment.id,
    columnId: columnIdOf(appointment, axis),
    start,
    end: start + minutes,
    patientName: nameOf(appointment.patient),
    reason: appointment.reason ?? '',
    typeName: type ? nameOf(type) : '',
    ...(type ? { typeColour: type.colour } : {}),
    pattern: appointment.pattern,
    status: appointment.status,
    confirmation: appointment.confirmation,
    alerts: appointment.patient.has_alerts,
    overbooked: Boolean(appointment.overbook_reason),
    asap: appointment.asap,
    walkIn: appointment.walk_in,
    lateCancelled: appointment.late_cancelled,
    token: appointment.token,
    ...stay(appointment, minutes, limits, now),
    dimmed: isFilteredOut(appointment, filter),
    locked: !isMovable(appointment.status) || !mayMove(appointment),
    version: appointment.version,
  };
}

/**
 * Minutes in the waiting room turn amber and red by the clinic's limits. Minutes in the chair turn amber when the time
 * that was booked is over, and red when the next patient would have waited too long because of it.
 */
function stay(
  { status, arrived_at, in_chair_at }: Appointment,
  booked: number,
  { waiting_amber_minutes, waiting_red_minutes }: WaitingLimits,
  now: number,
): Pick<BookAppointment, 'stayMinutes' | 'stayLevel'> {
  const since = status === 'arrived' ? arrived_at : status === 'in_chair' ? in_chair_at : null;
  if (!since) return {};
  const minutes = Math.max(0, Math.floor((now - Date.parse(since)) / 60_000));
  const [amber, red] =
    status === 'arrived'
      ? [waiting_amber_minutes, waiting_red_minutes]
      : [booked, booked + waiting_amber_minutes];
  return { stayMinutes: minutes, stayLevel: minutes >= red ? 'red' : minutes >= amber ? 'amber' : 'fine' };
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
    dayEnd: Math.max(Math.min(DAY, Math.ceil((last + HOUR) / HOUR) * HOUR), Math.ceil(last / HOUR) * HOUR),
    openAt: daytime.length > 0 ? Math.min(...daytime) : EARLIEST_START,
  };
}
