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

export interface Period {
  start: string;
  end: string;
}
/** Seven lists of periods. */
export type Week = Period[][];

export function weekOf(days: WorkingWeek['days']): Week {
  const byStart = (one: Period, other: Period) => one.start.localeCompare(other.start);
  return WEEK_DAYS.map((_, day) =>
    days
      .filter(({ weekday }) => weekday === day)
      .map(({ start, end }) => ({ start, end }))
      .sort(byStart),
  );
}

/** Whether each period ends after it begins and none overlaps another of its day. */
export function weekHolds(week: Week): boolean {
  return week.every((periods) => {
    const sorted = [...periods].sort((one, other) => one.start.localeCompare(other.start));
    return sorted.every(({ start, end }, n) => start && start < end && (sorted[n - 1]?.end ?? '') <= start);
  });
}

export const daysOf = (week: Week) =>
  week.flatMap((periods, weekday) => periods.map((period) => ({ weekday, ...period })));
