import type { Appointment, Clinic } from '@/api/types';
import { daysBetween } from '@/lib/format';
import type { BookAppointment } from './book/types';
import type { BookFilter } from './bookAddress';
import { type BookAxis, columnIdOf } from './dayModel';
import { DAY_MINUTES, minutesBetween, minutesOfTime } from './dayTime';
import type { NameOf } from './places';
import { isMovable } from './statusSteps';

/** Minutes after which waiting turns amber and red: the clinic's own limits. */
export type WaitingLimits = Pick<Clinic, 'waiting_amber_minutes' | 'waiting_red_minutes'>;

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

/** What the reason says beyond the name of the type, which stands beside it. */
export function reasonBesideType({ reason, type }: Appointment): string {
  return !reason || reason === type?.name_ar || reason === type?.name_en ? '' : reason;
}

/** When an appointment starts, in minutes from the midnight of a day. */
export function startOn(day: string, { local_date, local_start }: Appointment): number {
  return minutesOfTime(local_start) + daysBetween(day, local_date) * DAY_MINUTES;
}

/** What stays when an appointment changes its column. In a week that is whose week it is: nothing to tell apart. */
function keptBy({ doctor_id, chair_id }: Appointment, axis: BookAxis): string | null {
  if (axis === 'date') return null;
  return (axis === 'chair' ? doctor_id : chair_id) ?? null;
}

export function bookAppointment(appointment: Appointment, choice: AppointmentChoice): BookAppointment {
  const { axis, date, nameOf, mayMove, filter, limits, now } = choice;
  const start = startOn(axis === 'date' ? appointment.local_date : date, appointment);
  const minutes = minutesBetween(appointment.starts_at, appointment.ends_at);
  const { type } = appointment;
  return {
    id: appointment.id,
    columnId: columnIdOf(appointment, axis),
    keeps: keptBy(appointment, axis),
    start,
    end: start + minutes,
    patientName: nameOf(appointment.patient),
    reason: reasonBesideType(appointment),
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
    token: appointment.token ?? null,
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
export function stay(
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
