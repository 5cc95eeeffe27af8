import { CalendarDateTime, toZoned } from '@internationalized/date';
import { localTimeOf } from '@/lib/format';

/** "09:30" as minutes from midnight; "24:00" is the end of the day. */
export function minutesOfTime(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

export function timeOfMinutes(minutes: number): string {
  const hours = String(Math.floor(minutes / 60) % 24).padStart(2, '0');
  return `${hours}:${String(minutes % 60).padStart(2, '0')}`;
}

export function minutesOfInstant(instant: string | Date, timeZone: string): number {
  return minutesOfTime(localTimeOf(instant, timeZone));
}

/** The instant of a wall-clock minute of a day in the clinic's zone; summer time is taken into account. */
export function instantOf(date: string, minutes: number, timeZone: string): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const local = new CalendarDateTime(year, month, day).add({ minutes });
  return toZoned(local, timeZone).toAbsoluteString();
}

export function minutesBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
}
