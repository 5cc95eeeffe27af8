import { expect, test } from 'vitest';
import type { Chart, ChartEvent } from '@/api/types';
import { nextToUndo } from './chartHistory';
import { prefillEvents, prefills } from './prefill';

const chart = (teeth: Record<string, string[]>, dentition: Chart['dentition'] = 'permanent') =>
  ({
    dentition,
    mouth: [],
    teeth: Object.fromEntries(
      Object.entries(teeth).map(([tooth, codes]) => [
        tooth,
        { present: !codes.includes('missing'), states: codes.map((code) => ({ code, note: null })) },
      ]),
    ),
  }) as unknown as Chart;

test('a chart is filled in as long as it says nothing else', () => {
  expect(prefills(chart({}))).toEqual(['sound', 'third_molars_missing']);
  expect(prefills(chart({ 18: ['missing'] }))).toEqual(['sound']);
  expect(prefills(chart({ 16: ['sound'] }))).toEqual(['third_molars_missing']);
  expect(prefills(chart({ 16: ['caries'] }))).toEqual([]);
  expect(prefills(chart({}, 'primary'))).toEqual(['sound']);
});

test('only teeth that are there are called sound, and in a mixed dentition those of the age', () => {
  const teethOf = (of: Chart, age: number | null = null) => prefillEvents('sound', of, age)[0]?.teeth ?? [];
  expect(teethOf(chart({}))).toHaveLength(32);
  expect(teethOf(chart({ 18: ['missing'], 28: ['missing'] }))).toHaveLength(30);
  expect(teethOf(chart({}, 'primary'))).toHaveLength(20);
  const mixed = teethOf(chart({}, 'mixed'), 9);
  expect(mixed).toContain('11');
  expect(mixed).toContain('55');
  expect(mixed).not.toContain('51');
  expect(mixed).not.toContain('15');
  expect(prefillEvents('third_molars_missing', chart({}), null)).toHaveLength(4);
});

test('undoing takes the latest entry of its own, in a visit only one of that visit', () => {
  const event = (id: string, minute: number, undoable: boolean, visit_id: string | null = null) =>
    ({
      id,
      layer: 'finding',
      undoable,
      visit_id,
      recorded_at: `2026-11-22T10:0${minute}:00+02:00`,
    }) as ChartEvent;
  const events = [
    event('c', 3, false),
    event('b', 2, true),
    event('v', 1, true, 'visit'),
    event('a', 0, true),
  ];
  expect(nextToUndo(events, undefined)?.id).toBe('b');
  expect(nextToUndo(events, 'visit')?.id).toBe('v');
  expect(nextToUndo(events, 'other')).toBeNull();
});
