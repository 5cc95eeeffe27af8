import { expect, test } from 'vitest';
import { daysOf, minutesOfPeriod, weekHolds, weekOf } from './weekHours';

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

test('periods that overlap or lack a time do not hold', () => {
  const monday = (...periods: { start: string; end: string }[]) => weekHolds([[], periods]);
  expect(monday({ start: '09:00', end: '14:00' }, { start: '14:00', end: '15:00' })).toBe(true);
  expect(monday({ start: '09:00', end: '14:00' }, { start: '13:00', end: '15:00' })).toBe(false);
  expect(monday({ start: '', end: '14:00' })).toBe(false);
});

test('a period that ends before it begins is of a night, and takes the next morning', () => {
  const night = { start: '20:00', end: '02:00' };
  const early = { start: '01:00', end: '04:00' };
  expect(minutesOfPeriod(night)).toEqual([1200, 1560]);
  expect(minutesOfPeriod({ start: '00:00', end: '00:00' })).toEqual([0, 1440]);
  expect(weekHolds([[], [night], []])).toBe(true);
  expect(weekHolds([[], [night], [early]])).toBe(false);
  expect(weekHolds([[early], [], [], [], [], [], [night]])).toBe(false);
});
