import { expect, test } from 'vitest';
import { firstStartShown, STARTS, startsFor } from './startTimes';

const DAY = [9 * 60, 22 * 60] as const;
const first = (typed: string) => startsFor(typed, DAY)[0];

test('an appointment can start every five minutes of the day', () => {
  expect(STARTS.slice(0, 2)).toEqual(['00:00', '00:05']);
  expect(STARTS.at(-1)).toBe('23:55');
});

test.each([
  ['10:30', '10:30'],
  ['1030', '10:30'],
  ['10.30', '10:30'],
  ['930', '09:30'],
  ['9', '09:00'],
  ['14:05', '14:05'],
  ['٤:١٥ م', '16:15'],
  ['٩:٠٠ ص', '09:00'],
  ['1:30 am', '01:30'],
  ['12:15', '12:15'],
  ['12 am', '00:00'],
  ['10:3', '10:30'],
])('%s is %s', (typed, meant) => {
  expect(first(typed)).toBe(meant);
});

test('an hour of the clock is the one at which the clinic works', () => {
  expect(first('1:30')).toBe('13:30');
  expect(first('01:30')).toBe('01:30');
  expect(first('11')).toBe('11:00');
  expect(startsFor('8', [9 * 60, 21 * 60])[0]).toBe('20:00');
  expect(startsFor('8', DAY)).toContain('08:00');
});

test('what is no time, or not one of every five minutes, is nothing', () => {
  for (const typed of ['', 'ten', '25:00', '10:32', '10:99', '1:2:3'])
    expect(startsFor(typed, DAY)).toEqual([]);
});

test('the list opens at this hour today, and when the clinic opens on other days', () => {
  expect(firstStartShown('14:37', DAY)).toBe('14:00');
  expect(firstStartShown('03:10', DAY)).toBe('09:00');
  expect(firstStartShown('23:10', DAY)).toBe('09:00');
  expect(firstStartShown(null, DAY)).toBe('09:00');
});
