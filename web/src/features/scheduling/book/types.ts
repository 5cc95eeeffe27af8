import type { AppointmentStatus, Confirmation, TimeBlock } from '@/api/types';

/** In the order of a day. */
export const APPOINTMENT_STATUSES: readonly AppointmentStatus[] = [
  'scheduled',
  'confirmed',
  'arrived',
  'in_chair',
  'completed',
  'checked_out',
  'no_show',
  'cancelled',
  'rescheduled',
];

/** Minutes from local midnight; `end` is exclusive. */
export interface Span {
  start: number;
  end: number;
}

export interface BookBlock extends Span {
  id: string;
  label: string;
  kind: TimeBlock['kind'];
}

/** A slot that somebody keeps for some minutes while a patient decides. */
export interface BookHold extends Span {
  id: string;
  /** Who keeps it. */
  label: string;
}

export interface BookColumnData {
  id: string;
  title: string;
  subtitle?: string;
  workingHours: ReadonlyArray<readonly [number, number]>;
  /** Why the hours are not those of the week: a holiday, a leave. */
  reason?: string;
  blocks: readonly BookBlock[];
  holds: readonly BookHold[];
}

export interface BookAppointment extends Span {
  id: string;
  columnId: string;
  /** What it keeps when it changes its column: the doctor in the book of chairs, the chair in that of doctors. */
  keeps: string | null;
  patientName: string;
  reason: string;
  /** What kind of appointment it is; empty when nobody said. */
  typeName: string;
  typeColour?: string;
  /** One letter for each 5 minutes, `D` the doctor's and `A` the assistant's; empty is the doctor's throughout. */
  pattern: string;
  status: AppointmentStatus;
  confirmation: Confirmation;
  alerts: boolean;
  /** Minutes in the waiting room or in the chair, while the patient is there. */
  stayMinutes?: number;
  stayLevel?: StayLevel;
  overbooked: boolean;
  /** Would come earlier. */
  asap: boolean;
  walkIn: boolean;
  lateCancelled: boolean;
  /** The number called in the waiting room. */
  token: number | null;
  /** Drawn faintly: it is not what the reader looks for, but its slot is taken. */
  dimmed?: boolean;
  /** True where the book must not offer to move it (finished, cancelled, not allowed). */
  locked?: boolean;
  /** It is being moved by keyboard over something that is taken. */
  clash?: boolean;
  version: number;
}

export type StayLevel = 'fine' | 'amber' | 'red';

/** Where an appointment sits, or is about to. */
export interface Placement extends Span {
  columnId: string;
}

export interface BookTimes {
  time(minutes: number): string;
  range(start: number, end: number): string;
  /** The hour on the gutter and on the now pill, as short as the language allows. */
  short(minutes: number): string;
}

export interface BookLabels {
  region: string;
  keyboardHelp: string;
  alert: string;
  overbooked: string;
  now: string;
  utilisation(percent: number): string;
  columnSummary(title: string, subtitle: string, count: number): string;
  status: Record<AppointmentStatus, string>;
  confirmation: Record<Confirmation, string>;
  asap: string;
  walkIn: string;
  lateCancelled: string;
  token(number: number): string;
  block: Record<BookBlock['kind'], string>;
  blocked(what: string, range: string): string;
  held(by: string): string;
  /** Free time under the keyboard's cursor. */
  free(column: string, range: string): string;
  waiting(minutes: number): string;
  inChair(minutes: number): string;
  stayLevel: Record<StayLevel, string>;
  minutesShort(minutes: number): string;
  placed(column: string, range: string): string;
  clash: string;
}

export interface ElementBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Whether it will not take place, and is in the book only for who asks for such. */
export function isCalledOff(status: AppointmentStatus): boolean {
  return status === 'cancelled' || status === 'rescheduled';
}

/** Statuses that keep the chair and the doctor busy. */
export function holdsSlot(status: AppointmentStatus): boolean {
  return !isCalledOff(status) && status !== 'no_show';
}
