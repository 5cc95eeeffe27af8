import { expect, test } from 'vitest';
import { differences } from './differences';

test('only what differs is shown, without the database columns', () => {
  const before = { version: 1, phone: '+201', status: 'scheduled', teeth: ['11'] };
  const after = { version: 2, phone: '+201', status: 'arrived', teeth: ['11', '12'] };
  expect(differences(before, after)).toEqual([
    { field: 'status', before: 'scheduled', after: 'arrived' },
    { field: 'teeth', before: ['11'], after: ['11', '12'] },
  ]);
});

test('a new row shows what it holds', () => {
  expect(differences(null, { id: 'x', name_en: 'Mona', email: '', phones: [] })).toEqual([
    { field: 'name_en', before: undefined, after: 'Mona' },
  ]);
});
