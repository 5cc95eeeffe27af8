import { describe, expect, it } from 'vitest';
import { actOf, type BookingPlan, incomplete } from './bookingPlan';

const place = { date: '2026-11-23', start: 600, end: 630 };
const first = {
  patient_id: 'mother',
  doctor_id: 'd1',
  chair_id: 'c1',
  starts_at: '2026-11-23T10:00',
  ends_at: '2026-11-23T10:30',
  hold_id: 'kept',
};
const son = { id: 'son', name_ar: '', name_en: 'Son', file_number: '2' };

describe('what is booked in one act', () => {
  it('puts a family side by side, or one after the other on the same chair', () => {
    const members = [{ key: '1', patient: son, doctorId: 'd2', chairId: 'c2' }];
    const beside = actOf({ kind: 'family', beside: true, members }, first, place);
    expect(beside.path).toBe('/appointments/group');
    expect(beside.body).toMatchObject({
      appointments: [
        { patient_id: 'mother', hold_id: 'kept' },
        { patient_id: 'son', doctor_id: 'd2', chair_id: 'c2', starts_at: first.starts_at },
      ],
    });
    const after = actOf({ kind: 'family', beside: false, members }, first, place);
    expect(after.body).toMatchObject({
      appointments: [{}, { doctor_id: 'd1', chair_id: 'c1', starts_at: first.ends_at }],
    });
    expect((after.body as { appointments: object[] }).appointments[1]).not.toHaveProperty('hold_id');
  });

  it('sends the sittings on the clinic’s clock, one that ends past midnight on the next day', () => {
    const sittings = [
      { key: '1', date: '2027-04-29', start: '10:00', minutes: 60 },
      { key: '2', date: '2027-04-30', start: '23:30', minutes: '45' },
    ];
    const act = actOf({ kind: 'sittings', sittings }, first, place);
    expect(act.body).toMatchObject({
      sittings: [
        { starts_at: '2027-04-29T10:00', ends_at: '2027-04-29T11:00' },
        { starts_at: '2027-04-30T23:30', ends_at: '2027-05-01T00:15' },
      ],
    });
  });

  it('is complete only when every part of it is', () => {
    const repeat = (every: number | string, count: number | string): BookingPlan => ({
      kind: 'repeat',
      every,
      unit: 'weeks',
      count,
      skip: false,
    });
    expect(incomplete({ kind: 'once' })).toBe(false);
    expect(incomplete(repeat(1, 60))).toBe(false);
    expect(incomplete(repeat(1, 61))).toBe(true);
    expect(incomplete(repeat('', 4))).toBe(true);
    expect(incomplete({ kind: 'sittings', sittings: [] })).toBe(true);
    const member = { key: '1', patient: son, doctorId: null, chairId: null };
    expect(incomplete({ kind: 'family', beside: false, members: [member] })).toBe(false);
    expect(incomplete({ kind: 'family', beside: true, members: [member] })).toBe(true);
  });
});
