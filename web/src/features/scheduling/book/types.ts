import type { AppointmentStatus, Confirmation } from '@/api/types';

/** In the order of a day. */
export const APPOINTMENT_STATUSES: readonly AppointmentStatus[] = [
  'scheduled',
  'confirmed',
  'arrived',
  'in_chair',
  'completed',
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
}

export interface BookColumnData {
  id: string;
  title: string;
  subtitle?: string;
  workingHours: ReadonlyArray<readonly [number, number]>;
  blocks: readonly BookBlock[];
}

export interface BookAppointment extends Span {
  id: string;
  columnId: string;
  /** What it keeps when it changes its column: the doctor in the book of chairs, the chair in that of doctors. */
  keeps: string | null;
  patientName: string;
  reason: string;
  status: AppointmentStatus;
  confirmation: Confirmation;
  alerts: boolean;
  waitingMinutes?: number;
  /** Whether it has waited longer than the clinic likes. */
  waitingTooLong?: 'amber' | 'red';
  overbooked: boolean;
  /** True where the book must not offer to move it (finished, cancelled, not allowed). */
  locked?: boolean;
  /** It is being moved by keyboard over something that is taken. */
  clash?: boolean;
  version: number;
}

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
  waiting(minutes: number): string;
  waitingShort(minutes: number): string;
  placed(column: string, range: string): string;
  clash: string;
}

export interface ElementBox {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Statuses that keep the chair and the doctor busy. */
export function holdsSlot(status: AppointmentStatus): boolean {
  return status !== 'cancelled' && status !== 'no_show' && status !== 'rescheduled';
}
