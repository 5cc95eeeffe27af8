import { describe, expect, it } from 'vitest';
import type { TimeBlock } from '@/api/types';
import {
  type BlockValues,
  blockSchema,
  blockSpan,
  bodyOfChange,
  bodyOfNew,
  newBlock,
  placeOf,
  placeValue,
  valuesOfBlock,
} from './blockForm';

const slot = { date: '2026-11-29', start: 600, end: 660, chairId: 'chair-1', doctorId: 'doctor-1' };
const drawn = { date: '2026-11-22', slot, of: 'chair' as const, ownDoctorId: null };

const checked = (changes: Partial<BlockValues> = {}) =>
  blockSchema.safeParse({ ...newBlock(drawn), ...changes });
const faults = (changes: Partial<BlockValues>) =>
  checked(changes).error?.issues.map(({ path }) => path.join('.')) ?? [];

describe('a new block', () => {
  it('takes what was drawn, of the chair or of the doctor whose column it is', () => {
    const values = newBlock(drawn);
    expect(values).toMatchObject({
      date: '2026-11-29',
      start: '10:00',
      end: '11:00',
      place: 'chair chair-1',
    });
    expect(newBlock({ ...drawn, of: 'doctor' }).place).toBe('doctor doctor-1');
  });

  it('is half an hour of the day where nothing was drawn, and of nobody yet', () => {
    const values = newBlock({ ...drawn, slot: null });
    expect(values).toMatchObject({ date: '2026-11-22', start: '13:00', end: '13:30', place: '' });
    expect(faults({ place: '' })).toEqual(['place']);
  });

  it('takes only his own time for who may change only his own', () => {
    expect(newBlock({ ...drawn, ownDoctorId: 'me' }).place).toBe('doctor me');
  });

  it('repeats on the weekday of its day unless others are chosen', () => {
    // The 29th of November 2026 is a Sunday.
    expect(newBlock(drawn).repeat).toEqual({ weekly: false, weekdays: ['0'], until: '2026-12-27' });
  });
});

describe('what is refused before it is sent', () => {
  it('is an emergency slot that is kept for nothing', () => {
    expect(faults({ kind: 'emergency' })).toEqual(['type_id']);
    expect(faults({ kind: 'emergency', type_id: 'type-1' })).toEqual([]);
  });

  it('is a series without an end, or with one before its beginning', () => {
    const repeat = { weekly: true, weekdays: [], until: null };
    expect(faults({ repeat })).toEqual(['repeat.until']);
    expect(faults({ repeat: { ...repeat, until: '2026-11-28' } })).toEqual(['repeat.until']);
    expect(faults({ repeat: { ...repeat, until: '2026-11-29' } })).toEqual([]);
  });
});

describe('what is sent', () => {
  it('ends on the next day when the end is not after the start', () => {
    expect(blockSpan({ start: '22:00', end: '01:00' })).toEqual({ start: 1320, end: 1500 });
    expect(blockSpan({ start: '00:00', end: '00:00' })).toEqual({ start: 0, end: 1440 });
    expect(bodyOfNew(blockSchema.parse({ ...newBlock(drawn), start: '22:00', end: '01:00' }))).toMatchObject({
      starts_at: '2026-11-29T22:00',
      ends_at: '2026-11-30T01:00',
    });
  });

  it('names one place, and a type only for an emergency slot', () => {
    const body = bodyOfNew(blockSchema.parse({ ...newBlock(drawn), type_id: 'type-1' }));
    expect(body).toEqual({
      kind: 'lunch',
      title: '',
      chair_id: 'chair-1',
      starts_at: '2026-11-29T10:00',
      ends_at: '2026-11-29T11:00',
    });
    const kept = { ...newBlock(drawn), kind: 'emergency' as const, type_id: 'type-1' };
    expect(bodyOfNew(blockSchema.parse(kept))).toMatchObject({ type_id: 'type-1' });
  });

  it('repeats by numbers of days', () => {
    const repeat = { weekly: true, weekdays: ['0', '3'], until: '2026-12-31' };
    expect(bodyOfNew(blockSchema.parse({ ...newBlock(drawn), repeat }))).toMatchObject({
      repeat: { weekdays: [0, 3], until: '2026-12-31' },
    });
  });

  it('clears the type of what is an emergency slot no longer, and says that appointments may stand there', () => {
    const values = blockSchema.parse({ ...newBlock(drawn), type_id: 'type-1', despite: true });
    expect(bodyOfChange(values)).toMatchObject({ type_id: null, despite_appointments: true });
    expect(bodyOfChange(values)).not.toHaveProperty('chair_id');
  });
});

it('a place is one of a chair, a doctor and a branch', () => {
  expect(placeValue({ chair_id: 'c', branch_id: 'b' })).toBe('chair c');
  expect(placeValue({ branch_id: 'b' })).toBe('branch b');
  expect(placeOf('doctor d')).toEqual({ doctor_id: 'd' });
  expect(placeOf('')).toEqual({});
});

it('a block that is there fills the form on the clock of the clinic', () => {
  const block = {
    kind: 'meeting',
    branch_id: 'b',
    doctor_id: 'd',
    title: 'Supplier',
    starts_at: '2026-11-29T23:00:00+02:00',
    ends_at: '2026-11-30T00:00:00+02:00',
  } as TimeBlock;
  expect(valuesOfBlock(block, 'Africa/Cairo')).toMatchObject({
    place: 'doctor d',
    date: '2026-11-29',
    start: '23:00',
    end: '00:00',
    title: 'Supplier',
  });
});
