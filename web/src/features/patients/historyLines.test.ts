import { expect, test } from 'vitest';
import type { EntryStatus, MedicalHistory } from '@/api/types';
import { linesOf, listedName, splitLines } from './historyLines';

const entry = (id: string, status: EntryStatus) => ({
  id,
  status,
  version: 1,
  recorded_at: '2026-11-22T10:00:00+02:00',
  recorded_by: { name_ar: '', name_en: 'Dr Layla' },
});

const history: MedicalHistory = {
  allergy_status: 'recorded',
  condition_status: 'recorded',
  medication_status: 'recorded',
  smoking: 'never',
  pregnancy: 'not_applicable',
  version: 1,
  allergies: [{ ...entry('a', 'active'), substance: 'Penicillin', severity: 'severe', reaction: 'Rash' }],
  conditions: [{ ...entry('c', 'entered_in_error'), name: 'Hypertension', code: 'I10', since: '2019' }],
  medications: [
    { ...entry('m', 'resolved'), name: 'Warfarin', dose: '5 mg', since: null },
    { ...entry('n', 'active'), name: 'Metformin', dose: null, since: null },
  ],
};

test('an entry made in error is never among what counts', () => {
  expect(splitLines(linesOf('conditions', history))).toMatchObject({ active: [], past: [{ id: 'c' }] });
});

test('a medicine that was stopped counts as past', () => {
  const { active, past } = splitLines(linesOf('medications', history));
  expect(active.map(({ title }) => title)).toEqual(['Metformin']);
  expect(past).toMatchObject([{ title: 'Warfarin', status: 'resolved', details: '5 mg' }]);
});

test('an allergy keeps how severe it is', () => {
  expect(linesOf('allergies', history)[0]).toMatchObject({
    title: 'Penicillin',
    severity: 'severe',
    details: 'Rash',
  });
});

test('what was recorded by its listed name is known in the other language too', () => {
  const list = [
    { name_ar: 'البنسلين', name_en: 'Penicillin' },
    { code: 'I10', name_ar: 'ارتفاع ضغط الدم', name_en: 'Hypertension' },
  ];
  expect(listedName({ title: 'البنسلين' }, list)?.name_en).toBe('Penicillin');
  expect(listedName({ title: 'penicillin ' }, list)?.name_ar).toBe('البنسلين');
  expect(listedName({ title: 'Hypertension', code: 'I10' }, list)?.name_ar).toBe('ارتفاع ضغط الدم');
  expect(listedName({ title: 'Hypertension', code: 'I15' }, list)).toBeNull();
  expect(listedName({ title: 'Penicillin, as a child' }, list)).toBeNull();
});
