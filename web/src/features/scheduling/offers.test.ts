import { describe, expect, it } from 'vitest';
import type { Appointment, Chair, Staff } from '@/api/types';
import { instantOf } from './dayTime';
import { drawnSlot, freedSlot } from './offers';

const cancelled = {
  status: 'cancelled',
  starts_at: '2026-11-29T10:00:00+02:00',
  ends_at: '2026-11-29T10:30:00+02:00',
  doctor_id: 'doctor-1',
  doctor: { name_en: 'Dr Amr' },
  chair_id: 'chair-1',
  chair: { name_en: 'Chair 1' },
} as Appointment;
const before = Date.parse('2026-11-29T07:00:00Z');
const after = Date.parse('2026-11-29T08:00:00Z');

describe('the time that an appointment gave back', () => {
  it('is offered while it is ahead', () => {
    expect(freedSlot(cancelled, before)).toEqual({
      doctor: { id: 'doctor-1', name_en: 'Dr Amr' },
      chair: { id: 'chair-1', name_en: 'Chair 1' },
      startsAt: cancelled.starts_at,
      endsAt: cancelled.ends_at,
    });
    expect(freedSlot(cancelled, after)).toBeNull();
  });

  it('is none of an appointment that keeps it', () => {
    expect(freedSlot({ ...cancelled, status: 'confirmed' }, before)).toBeNull();
  });
});

describe('what was drawn on free time', () => {
  const setup = {
    doctors: [{ id: 'doctor-1' }] as Staff[],
    chairs: [{ id: 'chair-1' }] as Chair[],
    clinic: { slot_minutes: 15 },
  };
  const slot = { date: '2026-11-29', start: 600, chairId: 'chair-1', doctorId: 'doctor-1' };

  it('is offered from where it was clicked, for the clinic’s usual time', () => {
    const offered = drawnSlot(slot, setup, 'Africa/Cairo', before);
    expect(offered).toMatchObject({
      startsAt: '2026-11-29T08:00:00.000Z',
      endsAt: '2026-11-29T08:15:00.000Z',
    });
  });

  it('is not offered without a doctor, nor when it is over', () => {
    expect(drawnSlot({ ...slot, doctorId: null }, setup, 'Africa/Cairo', before)).toBeNull();
    expect(drawnSlot(slot, setup, 'Africa/Cairo', after)).toBeNull();
  });
});

describe('the instant of a minute on the clinic’s clock', () => {
  it('knows the summer time on both sides of a change', () => {
    // In 2026 Cairo goes forward at midnight of the 24th of April, and back at midnight of the 30th of October.
    expect(instantOf('2026-04-23', 12 * 60, 'Africa/Cairo')).toBe('2026-04-23T10:00:00.000Z');
    expect(instantOf('2026-04-24', 12 * 60, 'Africa/Cairo')).toBe('2026-04-24T09:00:00.000Z');
    expect(instantOf('2026-10-30', 12 * 60, 'Africa/Cairo')).toBe('2026-10-30T10:00:00.000Z');
    expect(instantOf('2026-10-29', 12 * 60, 'Africa/Cairo')).toBe('2026-10-29T09:00:00.000Z');
  });

  it('counts minutes past midnight on', () => {
    expect(instantOf('2026-11-29', 25 * 60, 'Asia/Riyadh')).toBe('2026-11-29T22:00:00.000Z');
  });
});
