import type { WorkingDay } from '@/api/types';
import { DAY_MINUTES, minutesOfPeriod, pastMidnight } from './weekHours';

export interface PreviewDay {
  date: string;
  reason: WorkingDay['reason'];
  /** The hours that begin on the day. */
  periods: { start: string; end: string; nextDay: boolean }[];
  /** What the day's line shows between two midnights: also the end of the night before. */
  bars: [number, number][];
}

/** The days from `first` on; the one before it is given for its night. */
export function previewDays(days: readonly WorkingDay[], first: string): PreviewDay[] {
  return days.flatMap((day, n) => {
    if (day.date < first) return [];
    const before = days[n - 1]?.intervals.map(minutesOfPeriod) ?? [];
    const nights = before
      .filter(([, until]) => until > DAY_MINUTES)
      .map(([, until]): [number, number] => [0, until - DAY_MINUTES]);
    const own = day.intervals
      .map(minutesOfPeriod)
      .map(([from, until]): [number, number] => [from, Math.min(until, DAY_MINUTES)]);
    return {
      date: day.date,
      reason: day.reason ?? null,
      periods: day.intervals.map(({ start, end }) => ({ start, end, nextDay: pastMidnight({ start, end }) })),
      bars: [...nights, ...own],
    };
  });
}
