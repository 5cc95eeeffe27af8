import { toLatinDigits } from '@/lib/format';
import { minutesOfTime, timeOfMinutes } from './dayTime';

const SHORTEST = 5;
const DAY = 24 * 60;
const HOUR = 60;

/** The times an appointment can start at: every five minutes. */
export const STARTS: readonly string[] = Array.from({ length: DAY / SHORTEST }, (_, index) =>
  timeOfMinutes(index * SHORTEST),
);

/** From when to when the clinic works, in minutes of the day. */
export type OpenSpan = readonly [from: number, to: number];
export const USUAL_SPAN: OpenSpan = [8 * HOUR, 22 * HOUR];

const TYPED = /^(\d{1,2}?)(?:[:.,\s]\s*(\d{0,2})|(\d{2}))?\s*(am?|pm?|صباحا|ص|مساء|م)?$/;

/**
 * The starts that someone means by what he typed, the likeliest first: 10:30, 1030, 9, 1.30 pm, ٤:١٥ م. Without a
 * word for the half of the day, an hour of the clock is the one at which the clinic works.
 */
export function startsFor(typed: string, open: OpenSpan): string[] {
  const text = toLatinDigits(typed).trim().toLowerCase();
  const parts = TYPED.exec(text);
  if (!parts) return [];
  const [, hourText = '', afterColon, run, half] = parts;
  const minuteText = afterColon ?? run ?? '';
  const hour = Number(hourText);
  if (hour > 23) return [];
  return hoursFor(hour, hourText.startsWith('0'), half, open).flatMap((one) =>
    STARTS.filter((start) => start.startsWith(`${String(one).padStart(2, '0')}:${minuteText}`)),
  );
}

function hoursFor(hour: number, exactly: boolean, half: string | undefined, [from, to]: OpenSpan): number[] {
  const morning = hour % 12;
  if (half) return [/^[aص]/.test(half) ? morning : morning + 12];
  if (exactly || hour > 12) return [hour];
  const works = (one: number) => one * HOUR + HOUR > from && one * HOUR < to;
  const other = hour === morning ? hour + 12 : morning;
  return works(hour) || !works(other) ? [hour, other] : [other, hour];
}

/** Where the list of starts opens: at this hour for today, else when the clinic opens. */
export function firstStartShown(now: string | null, [from, to]: OpenSpan): string {
  const minutes = now === null ? from : minutesOfTime(now);
  const shown = minutes < from || minutes >= to ? from : minutes;
  return timeOfMinutes(Math.floor(shown / HOUR) * HOUR);
}
