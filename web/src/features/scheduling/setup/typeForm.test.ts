import { expect, test } from 'vitest';
import { lettersFor, minutesOf, storedPattern, toggled } from './typeForm';

test('a pattern follows the length, and is none while the doctor is there throughout', () => {
  expect(lettersFor('', 20)).toBe('DDDD');
  expect(lettersFor('AADDDDAA', 20)).toBe('AADD');
  expect(lettersFor('ADDA', 30)).toBe('ADDAAA');
  expect(lettersFor('AD', 0)).toBe('A');
  expect(storedPattern('DDDD')).toBe('');
  expect(storedPattern('ADDD')).toBe('ADDD');
});

test('a step goes from the doctor to the assistant and back', () => {
  expect(toggled('DDDD', 0)).toBe('ADDD');
  expect(toggled(toggled('DDDD', 3), 3)).toBe('DDDD');
  expect(minutesOf('AADDDDAA')).toEqual({ doctor: 20, assistant: 20 });
});
