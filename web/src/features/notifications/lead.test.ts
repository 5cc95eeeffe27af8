import { expect, test } from 'vitest';
import { leadParts } from './useLead';

test.each([
  [2880, 2, 'day'],
  [1440, 1, 'day'],
  [180, 3, 'hour'],
  [90, 90, 'minute'],
])('%i minutes are %i of a %s', (minutes, value, unit) => {
  expect(leadParts(minutes)).toEqual({ value, unit });
});
