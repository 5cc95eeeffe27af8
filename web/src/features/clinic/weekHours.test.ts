import { expect, test } from 'vitest';
import { daysOf, weekHolds, weekOf } from './weekHours';

const hours = [
  { owner: 'branch', owner_id: 'b', weekday: 1, start: '17:00', end: '21:00' },
  { owner: 'branch', owner_id: 'b', weekday: 1, start: '09:00', end: '14:00' },
  { owner: 'staff', owner_id: 's', weekday: 1, start: '10:00', end: '12:00' },
] as const;

test('the week of one owner holds its own periods, in order', () => {
  const week = weekOf(hours, 'b');
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
