import { expect, test } from 'vitest';
import { parseTypedDate } from './typed-date';

test.each([
  ['22/11/2026', '2026-11-22'],
  ['2-4-1991', '1991-04-02'],
  ['02041991', '1991-04-02'],
  ['1991-04-02', '1991-04-02'],
  ['٢/٤/١٩٩١', '1991-04-02'],
  ['31/02/2026', null],
  ['13/13/2026', null],
  ['yesterday', null],
])('%s is read as %s', (typed, date) => {
  expect(parseTypedDate(typed)).toBe(date);
});
