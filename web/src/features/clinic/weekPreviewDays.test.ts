import { expect, test } from 'vitest';
import type { WorkingDay } from '@/api/types';
import { previewDays } from './weekPreviewDays';

const day = (date: string, ...times: [string, string][]): WorkingDay => ({
  date,
  reason: null,
  intervals: times.map(([start, end]) => ({ start, end, starts_at: '', ends_at: '' })),
});

test('a night is drawn on both of its days, and named on the one it begins on', () => {
  const shown = previewDays(
    [day('2026-11-21', ['20:00', '02:00']), day('2026-11-22', ['10:00', '14:00'], ['22:00', '00:00'])],
    '2026-11-22',
  );
  expect(shown).toHaveLength(1);
  expect(shown[0]?.bars).toEqual([
    [0, 120],
    [600, 840],
    [1320, 1440],
  ]);
  expect(shown[0]?.periods.map(({ start, nextDay }) => [start, nextDay])).toEqual([
    ['10:00', false],
    ['22:00', true],
  ]);
});
