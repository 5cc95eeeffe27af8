import type { Appointment, AppointmentStatus } from '@/api/types';
import type { StayLevel } from '../book/types';
import { stay, type WaitingLimits } from '../bookAppointment';
import { minutesBetween } from '../dayTime';

/** Where a patient of the day stands. */
export const BOARD_COLUMNS = ['expected', 'waiting', 'inChair', 'done'] as const;
export type BoardColumn = (typeof BOARD_COLUMNS)[number];

export type Board = Record<BoardColumn, readonly Appointment[]>;

interface BoardChoice {
  date: string;
  /** Null is every doctor. */
  doctorId: string | null;
}

const instant = (value: string | null | undefined) => (value ? Date.parse(value) : 0);

/** Since when it is his turn: who has an appointment not before its time, who came late or without one since he came. */
const turn = ({ starts_at, arrived_at }: Appointment) => Math.max(instant(starts_at), instant(arrived_at));
const tokenOrder = ({ token }: Appointment) => token ?? Number.POSITIVE_INFINITY;

/** The order in which the server calls. */
function byTurn(one: Appointment, other: Appointment): number {
  return turn(one) - turn(other) || Math.sign(tokenOrder(one) - tokenOrder(other)) || 0;
}

/** Who still has to check out comes first, then the latest. */
function byLeaving(one: Appointment, other: Appointment): number {
  const gone = (appointment: Appointment) => Number(appointment.status === 'checked_out');
  return gone(one) - gone(other) || instant(other.completed_at) - instant(one.completed_at);
}

export function boardOf(appointments: readonly Appointment[], { date, doctorId }: BoardChoice): Board {
  const today = appointments.filter(
    (one) => one.local_date === date && (doctorId === null || one.doctor_id === doctorId),
  );
  const standing = (...statuses: AppointmentStatus[]) =>
    today.filter(({ status }) => statuses.includes(status));
  return {
    expected: standing('scheduled', 'confirmed').sort(
      (one, other) => instant(one.starts_at) - instant(other.starts_at),
    ),
    waiting: standing('arrived').sort(byTurn),
    inChair: standing('in_chair').sort((one, other) => instant(one.in_chair_at) - instant(other.in_chair_at)),
    done: standing('completed', 'checked_out').sort(byLeaving),
  };
}

/** Whom 'Call next' calls. */
export function nextOf({ waiting }: Pick<Board, 'waiting'>): Appointment | null {
  return waiting.find(({ called_at }) => !called_at) ?? null;
}

export interface Stay {
  minutes: number;
  level: StayLevel;
}

/** How long a patient has waited or sat in the chair, and whether that is too long. */
export function stayOf(appointment: Appointment, limits: WaitingLimits, now: number): Stay | null {
  const booked = minutesBetween(appointment.starts_at, appointment.ends_at);
  const { stayMinutes, stayLevel } = stay(appointment, booked, limits, now);
  return stayMinutes === undefined || !stayLevel ? null : { minutes: stayMinutes, level: stayLevel };
}

/** Minutes between two moments of a visit; null when one of them was never noted. */
export function minutesFrom(from: string | null | undefined, to: string | null | undefined): number | null {
  return from && to ? Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000)) : null;
}

export interface Figures {
  waiting: number;
  /** Of those who wait now. */
  longest: Stay | null;
  /** Of those who sat down today, in whole minutes. */
  averageWait: number | null;
  seen: number;
}

export function figuresOf(board: Board, limits: WaitingLimits, now: number): Figures {
  const stays = board.waiting.map((one) => stayOf(one, limits, now)).filter((one) => one !== null);
  const waits = [...board.inChair, ...board.done]
    .map(({ arrived_at, in_chair_at }) => minutesFrom(arrived_at, in_chair_at))
    .filter((minutes) => minutes !== null);
  const sum = waits.reduce((total, minutes) => total + minutes, 0);
  return {
    waiting: board.waiting.length,
    longest: stays.reduce<Stay | null>(
      (longest, one) => (longest && longest.minutes >= one.minutes ? longest : one),
      null,
    ),
    averageWait: waits.length > 0 ? Math.round(sum / waits.length) : null,
    seen: board.done.length,
  };
}

/** Minutes that a patient is late who has not come yet. */
export function minutesLate({ starts_at }: Appointment, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(starts_at)) / 60_000));
}

/** Who sits where now, by the chair. */
export function occupantsOf(appointments: readonly Appointment[]): ReadonlyMap<string, Appointment> {
  return new Map(
    appointments
      .filter(({ status, chair_id }) => status === 'in_chair' && chair_id)
      .map((one) => [one.chair_id ?? '', one]),
  );
}

/** Where a patient goes: to the chair he was called to, else the one that is called to now, else the one booked. */
export function chairFor(
  { called_to, chair_id }: Pick<Appointment, 'called_to' | 'chair_id'>,
  callTo: string | null,
): string | null {
  return called_to ?? callTo ?? chair_id ?? null;
}
