import { expect, test } from 'vitest';
import { daysOf, weekHolds, weekOf } from './weekHours';

test('a week holds the periods of each day in order', () => {
  const week = weekOf([
    { weekday: 1, start: '17:00', end: '21:00' },
    { weekday: 1, start: '09:00', end: '14:00' },
    { weekday: 2, start: '10:00', end: '12:00' },
  ]);
  expect(week[1]).toEqual([
    { start: '09:00', end: '14:00' },
    { start: '17:00', end: '21:00' },
  ]);
  expect(week[0]).toEqual([]);
  expect(daysOf(week)[0]).toEqual({ weekday: 1, start: '09:00', end: '14:00' });
});

test('periods that overlap, end before they begin or lack a time do not hold', () => {
  const monday = (...periods: { start: string; end: string }[]) => weekHolds([[], periods]);
  expect(monday({ start: '09:00', end: '14:00' }, { start: '14:00', end: '15:00' })).toBe(true);
  expect(monday({ start: '09:00', end: '14:00' }, { start: '13:00', end: '15:00' })).toBe(false);
  expect(monday({ start: '15:00', end: '14:00' })).toBe(false);
  expect(monday({ start: '', end: '14:00' })).toBe(false);
});
