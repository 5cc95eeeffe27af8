import { expect, test } from 'vitest';
import { bridgeOf } from './bridge';

test('a bridge spans the teeth between its ends, in either order and over the midline', () => {
  const told = (from: string, to: string) =>
    bridgeOf(from, to)?.map(({ tooth, part }) => `${tooth}${part[0]}`);
  expect(told('14', '16')).toEqual(['16a', '15p', '14a']);
  expect(told('12', '21')).toEqual(['12a', '11p', '21a']);
  expect(told('35', '37')).toEqual(['35a', '36p', '37a']);
});

test('there is none between two arches, from a tooth to itself, or from nothing', () => {
  for (const [from, to] of [
    ['14', '44'],
    ['14', '14'],
    ['', '16'],
    ['55', '54'],
  ] as const) {
    expect(bridgeOf(from, to)).toBeNull();
  }
});
