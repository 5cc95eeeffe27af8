import { describe, expect, it } from 'vitest';
import type { PatientRecall } from '@/api/types';
import { overrideOf, overrideSchema, recallState, typeSchema } from './recallForm';

const today = '2026-11-29';

describe('how a recall stands', () => {
  it.each([
    [null, 'never'],
    ['2026-11-28', 'overdue'],
    ['2026-11-29', 'due'],
    ['2026-12-13', 'due'],
    ['2026-12-14', 'later'],
  ])('due on %s: %s', (due_on, state) => {
    expect(recallState({ due_on }, today)).toBe(state);
  });

  it('is stopped whatever its date', () => {
    expect(recallState({ due_on: '2026-11-28', stopped_reason: 'moved' }, today)).toBe('stopped');
  });
});

describe('what is sent of a patient’s recall', () => {
  const set = {
    interval_months: 3,
    own_interval: true,
    set_due_on: '2027-01-01',
    note: 'mornings',
    version: 2,
  } as PatientRecall;

  it('keeps what was set before beside what changes', () => {
    expect(overrideOf(set, { stopped_reason: 'moved' })).toEqual({
      interval_months: 3,
      set_due_on: '2027-01-01',
      stopped_reason: 'moved',
      note: 'mornings',
      version: 2,
    });
  });

  it('leaves the interval to the type, and the version out, where the patient has none yet', () => {
    const fresh = { ...set, own_interval: false, version: 0 };
    expect(overrideOf(fresh, {})).toMatchObject({ interval_months: null });
    expect(overrideOf(fresh, {})).not.toHaveProperty('version');
  });

  it('takes an emptied interval as none', () => {
    const typed = { set_due_on: null, note: '' };
    expect(overrideSchema.parse({ ...typed, interval_months: '' }).interval_months).toBe('');
    expect(overrideSchema.parse({ ...typed, interval_months: '4' }).interval_months).toBe(4);
    expect(overrideSchema.safeParse({ ...typed, interval_months: 61 }).success).toBe(false);
  });
});

it('a kind of recall needs a name in one language', () => {
  const kind = {
    name_ar: '',
    name_en: '',
    interval_months: 6,
    minutes: 30,
    appointment_type_id: null,
    procedure_ids: [],
    active: true,
  };
  expect(typeSchema.safeParse(kind).success).toBe(false);
  expect(typeSchema.safeParse({ ...kind, name_ar: 'كشف' }).success).toBe(true);
});
