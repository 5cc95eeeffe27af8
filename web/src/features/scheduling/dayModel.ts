import type { Appointment, Branch, Chair, Staff, WorkingHours } from '@/api/types';
import { type BookAppointment, type BookColumnData, holdsSlot } from './book/types';
import { minutesBetween, minutesOfTime } from './dayTime';
import { isMovable } from './statusSteps';

export type BookView = 'chair' | 'doctor';

/** The column of appointments that have no chair yet. */
export const NO_CHAIR = 'no-chair';

const EARLIEST_START = 8 * 60;
const LATEST_START = 20 * 60;
const HOUR = 60;

type Hours = ReadonlyArray<readonly [number, number]>;
type NameOf = (thing: { name_ar?: string | null; name_en?: string | null }) => string;

export interface WaitingLimits {
  amber: number;
  red: number;
}

export interface DayRecords {
  appointments: readonly Appointment[];
  chairs: readonly Chair[];
  doctors: readonly Staff[];
  branches: readonly Branch[];
  hours: WorkingHours;
}

interface DayChoice {
  date: string;
  view: BookView;
  /** Null is every branch. */
  branchId: string | null;
}

const NO_HOURS: Hours = [];

function hoursOn(days: WorkingHours['branches'][number]['days'], date: string): Hours {
  const day = days.find((one) => one.date === date);
  return day
    ? day.intervals.map(({ start, end }) => [minutesOfTime(start), minutesOfTime(end)] as const)
    : NO_HOURS;
}

export function columnIdOf(appointment: Appointment, view: BookView): string {
  return view === 'doctor' ? appointment.doctor_id : (appointment.chair_id ?? NO_CHAIR);
}

/**
 * Chairs in their order, or doctors: those who work or have an appointment that day. A chair is
 * headed by the doctors who use it, a doctor by the chairs. Where the chairs of several branches stand side by side,
 * they are together and say which it is: every branch has a chair 1.
 */
export function dayColumns(
  records: DayRecords,
  choice: DayChoice,
  nameOf: NameOf,
  noChairTitle: string,
): BookColumnData[] {
  return choice.view === 'chair'
    ? chairColumns(records, choice, nameOf, noChairTitle)
    : doctorColumns(records, choice, nameOf);
}

function chairColumns(
  { appointments, chairs, branches, hours }: DayRecords,
  { date, branchId }: DayChoice,
  nameOf: NameOf,
  noChairTitle: string,
): BookColumnData[] {
  const order = new Map(branches.map(({ id }, index) => [id, index]));
  const placeOf = (chair: Chair) => order.get(chair.branch_id) ?? 0;
  const named = branchId === null && branches.filter(({ active }) => active).length > 1 ? branches : [];
  const used = new Set(appointments.map((item) => item.chair_id));
  const columns = [...chairs]
    .sort((a, b) => placeOf(a) - placeOf(b) || a.position - b.position)
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
        workingHours: branch ? hoursOn(branch.days, date) : NO_HOURS,
        blocks: [],
      };
    });
  if (appointments.some((item) => !item.chair_id)) {
    const anyBranch = hours.branches.find((one) => branchId === null || one.branch_id === branchId);
    columns.push({
      id: NO_CHAIR,
      title: noChairTitle,
      subtitle: '',
      workingHours: anyBranch ? hoursOn(anyBranch.days, date) : NO_HOURS,
      blocks: [],
    });
  }
  return columns;
}

function doctorColumns(
  { appointments, doctors, hours }: DayRecords,
  { date }: DayChoice,
  nameOf: NameOf,
): BookColumnData[] {
  const columns = doctors.map((doctor) => {
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
        workingHours: own ? hoursOn(own.days, date) : NO_HOURS,
        blocks: [],
      },
    };
  });
  const working = columns.filter(({ works }) => works);
  const shown = working.length > 0 ? working : columns.filter(({ active }) => active);
  return shown.map(({ column }) => column);
}

function distinct(names: string[]): string {
  return [...new Set(names)].join(' · ');
}

export interface AppointmentChoice {
  view: BookView;
  /** Minutes after which a wait is too long. */
  waitingLimits: WaitingLimits;
  nameOf: NameOf;
  /** What they may move; a doctor may be limited to his own. */
  mayMove(appointment: Appointment): boolean;
  /** The instant that waiting is counted to, in milliseconds. */
  now: number;
}

export function bookAppointment(
  appointment: Appointment,
  { view, waitingLimits, nameOf, mayMove, now }: AppointmentChoice,
): BookAppointment {
  const start = minutesOfTime(appointment.local_start);
  const shown: BookAppointment = {
    id: appointment.id,
    columnId: columnIdOf(appointment, view),
    keeps: (view === 'chair' ? appointment.doctor_id : appointment.chair_id) ?? null,
    start,
    end: start + minutesBetween(appointment.starts_at, appointment.ends_at),
    patientName: nameOf(appointment.patient),
    reason: appointment.reason ?? '',
    status: appointment.status,
    confirmation: appointment.confirmation,
    alerts: appointment.patient.has_alerts,
    overbooked: Boolean(appointment.overbook_reason),
    locked: !isMovable(appointment.status) || !mayMove(appointment),
    version: appointment.version,
  };
  if (appointment.status === 'arrived' && appointment.arrived_at) {
    const minutes = Math.max(0, Math.floor((now - Date.parse(appointment.arrived_at)) / 60_000));
    shown.waitingMinutes = minutes;
    if (minutes >= waitingLimits.red) shown.waitingTooLong = 'red';
    else if (minutes >= waitingLimits.amber) shown.waitingTooLong = 'amber';
  }
  return shown;
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
  const first = Math.min(EARLIEST_START, ...opens, ...starts);
  const last = Math.max(LATEST_START, ...closes, ...ends);
  return {
    dayStart: Math.max(0, Math.floor((first - HOUR) / HOUR) * HOUR),
    dayEnd: Math.min(24 * HOUR, Math.ceil((last + HOUR) / HOUR) * HOUR),
    openAt: opens.length + starts.length > 0 ? Math.min(...opens, ...starts) : EARLIEST_START,
  };
}
