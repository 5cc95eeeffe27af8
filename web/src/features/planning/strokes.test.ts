import { expect, test } from 'vitest';
import { pointIn, strokePath } from './strokes';

test('a signature is drawn stroke by stroke, a dot too', () => {
  expect(
    strokePath([
      [
        [1, 2],
        [3, 4],
      ],
      [[5, 6]],
      [],
    ]),
  ).toBe('M1 2L3 4M5 6l0.1 0');
});

test('a pointer is measured in the box, and never outside of it', () => {
  const rect = { left: 100, top: 50, width: 500, height: 150 };
  expect(pointIn(rect, 350, 125)).toEqual([500, 150]);
  expect(pointIn(rect, 90, 400)).toEqual([0, 300]);
});
