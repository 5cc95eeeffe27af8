import { expect, test } from 'vitest';
import { pickedBy } from './pickedBy';

const one = (file_number: string, name_en: string) => ({ file_number, name_en, name_ar: null });
const mona = one('P-1', 'Mona Ali');
const monaH = one('P-2', 'Mona Ali Hassan');

test('Enter takes the first, or the one of just that name or number', () => {
  expect(pickedBy('Enter', [monaH, mona], 'mona')).toBe(monaH);
  expect(pickedBy('Enter', [monaH, mona], 'mona ali')).toBe(mona);
  expect(pickedBy('Enter', [monaH, mona], 'p-1')).toBe(mona);
  expect(pickedBy('Enter', [], 'mona')).toBeNull();
});

test('Tab takes only one who cannot be another', () => {
  expect(pickedBy('Tab', [monaH], 'mona')).toBe(monaH);
  expect(pickedBy('Tab', [monaH, mona], 'mona ali')).toBe(mona);
  expect(pickedBy('Tab', [monaH, mona], 'mona')).toBeNull();
  expect(pickedBy('Tab', [mona, one('P-3', 'Mona Ali')], 'mona ali')).toBeNull();
});
