import { describe, expect, it } from 'vitest';
import type { OfferAnswer, OfferCandidate, SlotOffer } from '@/api/types';
import { bookingOf, offerRows } from './offerRows';

const who = (id: string) => ({ patient: { id }, minutes: 30 }) as OfferCandidate;
const offer = (patient: string, answer: OfferAnswer) =>
  ({ id: `offer ${patient}`, patient_id: patient, answer }) as SlotOffer;
const waiting = [who('a'), who('b'), who('c')];

describe('who waits beside who was offered the slot', () => {
  it('the first in order is next', () => {
    expect(offerRows(waiting, []).next?.patient.id).toBe('a');
  });

  it('after an answer that was no, the next is the first who was not asked', () => {
    const list = offerRows(waiting, [offer('a', 'declined'), offer('b', 'no_answer')]);
    expect(list.next?.patient.id).toBe('c');
    expect(list.rows.map((row) => row.offer?.answer)).toEqual(['declined', 'no_answer', undefined]);
  });

  it('nobody is next while an answer is awaited, or when all were asked', () => {
    expect(offerRows(waiting, [offer('a', 'pending')]).next).toBeNull();
    expect(offerRows([who('a')], [offer('a', 'declined')]).next).toBeNull();
  });

  it('who waits no longer is remembered', () => {
    const gone = offer('x', 'accepted');
    expect(offerRows(waiting, [gone]).past).toEqual([gone]);
    expect(offerRows(waiting, [offer('a', 'declined')]).past).toEqual([]);
  });
});

describe('what books the slot', () => {
  const slot = { startsAt: '2026-11-29T10:00:00+02:00', doctorId: 'doctor-1', chairId: 'chair-1' };
  const place = {
    starts_at: slot.startsAt,
    ends_at: '2026-11-29T08:30:00.000Z',
    doctor_id: 'doctor-1',
    chair_id: 'chair-1',
  };

  it('moves the appointment of who has one, as it was last seen', () => {
    const has = { ...who('a'), appointment_id: 'app', appointment_version: 4 };
    expect(bookingOf(has, slot)).toEqual({ path: '/appointments/app/reschedule', body: place, version: 4 });
  });

  it('makes one for who is on the waiting list, as long as he asked for', () => {
    const listed = { ...who('a'), waitlist_entry_id: 'entry', note: 'pain' };
    expect(bookingOf(listed, { ...slot, chairId: null })).toEqual({
      path: '/appointments',
      body: {
        starts_at: place.starts_at,
        ends_at: place.ends_at,
        doctor_id: 'doctor-1',
        patient_id: 'a',
        note: 'pain',
      },
      version: undefined,
    });
  });
});
