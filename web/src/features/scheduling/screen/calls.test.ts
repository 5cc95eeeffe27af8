import { expect, test } from 'vitest';
import type { CalledNumber } from '@/api/types';
import { callKey, isNews, split } from './calls';

const call = (token: number, time: string): CalledNumber => ({
  token,
  chair_ar: '',
  chair_en: '',
  called_at: `2026-11-25T${time}+02:00`,
});

test('a number that is called, or called once more, is news; what the screen begins with is not', () => {
  const first = call(4, '10:00:00');
  expect(isNews(null, [first])).toBe(false);
  expect(isNews([first], [first])).toBe(false);
  expect(isNews([first], [call(5, '10:01:00'), first])).toBe(true);
  expect(isNews([first], [call(4, '10:02:00')])).toBe(true);
  expect(isNews([first], [])).toBe(false);
  expect(isNews([], [first])).toBe(true);
});

test('who left the room and brings an older call back to the list is no news', () => {
  const [older, newer] = [call(3, '09:50:00'), call(4, '10:00:00')];
  expect(isNews([newer, older], [older])).toBe(false);
});

test('the last one called stands large, the others beside', () => {
  const [older, newer] = [call(3, '09:50:00'), call(4, '10:00:00')];
  expect(split([newer, older])).toEqual({ current: newer, before: [older] });
  expect(split([])).toEqual({ current: null, before: [] });
  expect(callKey(null)).toBe('');
  expect(callKey(newer)).not.toBe(callKey(call(4, '10:01:00')));
});
