import { expect, it } from 'vitest';
import { isUsuallyErupted } from './eruption';

it('expects first molars at eight and no second ones', () => {
  expect(isUsuallyErupted('16', 8)).toBe(true);
  expect(isUsuallyErupted('17', 8)).toBe(false);
  expect(isUsuallyErupted('55', 8)).toBe(true);
  expect(isUsuallyErupted('51', 8)).toBe(false);
});
