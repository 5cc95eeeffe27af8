import { expect, test } from 'vitest';
import { detailsBody } from './historyEntry';

const typed = { severity: 'severe' as const, details: 'Swelling', since: '2019' };

test('each kind of entry sends its own details and no others', () => {
  expect(detailsBody('allergies', typed)).toEqual({ severity: 'severe', reaction: 'Swelling' });
  expect(detailsBody('conditions', typed)).toEqual({ since: '2019' });
  expect(detailsBody('medications', typed)).toEqual({ dose: 'Swelling', since: '2019' });
});

test('what was emptied is cleared, not kept', () => {
  expect(detailsBody('allergies', { ...typed, details: '' })).toEqual({ severity: 'severe', reaction: null });
});
