import { expect, it } from 'vitest';
import { patternStrip } from './pattern';

it('a strip has a stretch for each run of the doctor and the assistant', () => {
  expect(patternStrip('DDAAAADD')).toBe(
    'linear-gradient(to bottom, var(--book-doctor) 0% 25%, var(--book-assistant) 25% 75%, var(--book-doctor) 75% 100%)',
  );
  expect(patternStrip('A')).toBe('linear-gradient(to bottom, var(--book-assistant) 0% 100%)');
});

it('there is no strip where all of it is the doctor’s time', () => {
  expect(patternStrip('')).toBeNull();
  expect(patternStrip('DDDD')).toBeNull();
});
