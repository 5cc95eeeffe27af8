import { addDays, localDateOf, localTimeOf } from '@/lib/format';

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

export const DAY_MINUTES = 24 * 60;

/** A minute of a day on the clinic's clock, as the API takes it: the server knows the zone and its summer time. */
export function wallClock(date: string, minutes: number): string {
  const day = Math.floor(minutes / DAY_MINUTES);
  return `${addDays(date, day)}T${timeOfMinutes(minutes - day * DAY_MINUTES)}`;
}

/** The instant of a minute of a day on the clinic's clock; on the night the clock goes forward, what comes after the gap. */
export function instantOf(date: string, minutes: number, timeZone: string): string {
  const wanted = Date.parse(`${wallClock(date, minutes)}:00Z`);
  let at = wanted;
  // Twice: the first guess may lie on the other side of a change of the clock.
  for (let look = 0; look < 2; look += 1) {
    const shown = new Date(at);
    const local = Date.parse(`${localDateOf(shown, timeZone)}T${localTimeOf(shown, timeZone)}:00Z`);
    at += wanted - local;
  }
  return new Date(at).toISOString();
}

export function minutesBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
}
