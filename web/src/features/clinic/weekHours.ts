import type { WeekDay, WorkingWeek } from '@/api/types';

/** By their number on the wire: 0 is Sunday. */
export const WEEK_DAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const satisfies readonly WeekDay[];

export const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;

export interface Period {
  start: string;
  end: string;
}
/** Seven lists of periods. */
export type Week = Period[][];

const byStart = (one: Period, other: Period) => one.start.localeCompare(other.start);

export function weekOf(days: WorkingWeek['days']): Week {
  return WEEK_DAYS.map((_, day) =>
    days
      .filter(({ weekday }) => weekday === day)
      .map(({ start, end }) => ({ start, end }))
      .sort(byStart),
  );
}

export function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}

/** Whether a period ends on the next day; 00:00 to 00:00 is a day of 24 hours. */
export const pastMidnight = ({ start, end }: Period) => start !== '' && end !== '' && end <= start;

/** From, until in minutes of its day; after 1440 it is the next day. */
export function minutesOfPeriod(period: Period): [number, number] {
  return [minutesOf(period.start), minutesOf(period.end) + (pastMidnight(period) ? DAY_MINUTES : 0)];
}

/** Whether each period has both times and none overlaps another, those that run into the next day included. */
export function weekHolds(week: Week): boolean {
  if (week.some((periods) => periods.some(({ start, end }) => !start || !end))) return false;
  const taken = week
    .flatMap((periods, day) =>
      periods.map((period) => minutesOfPeriod(period).map((minute) => minute + day * DAY_MINUTES)),
    )
    .sort(([one = 0], [other = 0]) => one - other);
  const first = taken[0];
  if (first) taken.push(first.map((minute) => minute + WEEK_MINUTES));
  return taken.every(([start = 0], n) => n === 0 || (taken[n - 1]?.[1] ?? 0) <= start);
}

export const daysOf = (week: Week) =>
  week.flatMap((periods, weekday) => periods.map((period) => ({ weekday, ...period })));
