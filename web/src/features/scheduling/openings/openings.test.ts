import { describe, expect, it } from 'vitest';
import type { Appointment, FreeSlot, SlotHold } from '@/api/types';
import { byDay } from './FindOpeningPanel';
import { heldSlot } from './holdSlot';
import { asTheyStand, placeOf } from './usePinboard';

const hold = {
  id: 'h1',
  doctor_id: 'd1',
  chair_id: 'c1',
  starts_at: '2026-11-23T10:00:00+02:00',
  ends_at: '2026-11-23T10:45:00+02:00',
  seconds_left: 180,
} as SlotHold;

describe('a slot that was found', () => {
  it('is grouped by its day in the order of the answer', () => {
    const slot = (local_date: string, starts_at: string) => ({ local_date, starts_at }) as FreeSlot;
    const slots = [slot('2026-11-23', 'a'), slot('2026-11-23', 'b'), slot('2026-11-25', 'c')];
    expect(byDay(slots).map(([date, list]) => [date, list.length])).toEqual([
      ['2026-11-23', 2],
      ['2026-11-25', 1],
    ]);
  });

  it('goes into the form with the time that is left by this clock', () => {
    const held = heldSlot(hold, 't1', 'Africa/Cairo', 1000);
    expect(held.slot).toEqual({ date: '2026-11-23', start: 600, end: 645, chairId: 'c1', doctorId: 'd1' });
    expect(held.until).toBe(181_000);
    expect(held.typeId).toBe('t1');
  });
});

describe('a parked appointment', () => {
  it('keeps its length wherever it is put, and its chair where the slot names none', () => {
    const parked = {
      starts_at: '2026-11-23T10:00:00+02:00',
      ends_at: '2026-11-23T10:50:00+02:00',
    } as Appointment;
    const slot = { date: '2026-12-01', start: 540, chairId: null, doctorId: 'd2' };
    expect(placeOf(parked, slot)).toEqual({
      starts_at: '2026-12-01T09:00',
      ends_at: '2026-12-01T09:50',
      doctor_id: 'd2',
    });
  });

  it('follows what others do to it, and leaves the board when it can be moved no more', () => {
    const pin = (id: string, version: number, status = 'scheduled') =>
      ({ id, version, status }) as Appointment;
    const pins = [pin('a', 1), pin('b', 1)];
    expect(asTheyStand(pins, [pin('a', 1), pin('b', 0)])).toBe(pins);
    expect(asTheyStand(pins, [pin('a', 2)]).map(({ version }) => version)).toEqual([2, 1]);
    expect(asTheyStand(pins, [pin('a', 2, 'cancelled')]).map(({ id }) => id)).toEqual(['b']);
  });
});
