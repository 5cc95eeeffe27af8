import { describe, expect, it } from 'vitest';
import type { Appointment, Chair } from '@/api/types';
import { firstValues, missingFields, slotOf, spanOf, withDraft } from './newAppointment';

const date = '2026-11-22';
const taken = [
  { id: 'a', local_date: date, chair_id: 'chair-1', doctor_id: 'doctor-1' },
  { id: 'b', local_date: date, chair_id: null, doctor_id: 'doctor-2' },
  { id: 'c', local_date: '2026-11-23', chair_id: 'chair-2', doctor_id: 'doctor-1' },
] as Appointment[];
const book = { date, slotMinutes: 15, appointments: taken };
const form = {
  date,
  slot: null,
  patient: null,
  copyOf: null,
  chairs: [{ id: 'chair-1' }, { id: 'chair-2' }] as Chair[],
  ownDoctorId: null,
};
const drawn = { axis: 'chair' as const, columnId: 'chair-1', start: 600, end: 660 };

describe('a slot of the book', () => {
  it('is for the doctor who works on that chair', () => {
    expect(slotOf(drawn, book)).toEqual({
      date,
      start: 600,
      end: 660,
      chairId: 'chair-1',
      doctorId: 'doctor-1',
    });
  });

  it('has no length where it was only clicked', () => {
    const clicked = slotOf({ ...drawn, columnId: 'chair-2', end: 615 }, book);
    expect(clicked).toEqual({ date, start: 600, chairId: 'chair-2', doctorId: null });
  });

  it('is on the chair where the doctor of the column works that day', () => {
    const ofDoctor = { ...drawn, axis: 'doctor' as const, columnId: 'doctor-1' };
    expect(slotOf(ofDoctor, book)).toMatchObject({ doctorId: 'doctor-1', chairId: 'chair-1' });
    expect(slotOf({ ...ofDoctor, columnId: 'doctor-2' }, book).chairId).toBeNull();
  });

  it('of a week is on the day of its column', () => {
    const ofWeek = { ...drawn, axis: 'date' as const, columnId: '2026-11-23' };
    const slot = slotOf(ofWeek, { ...book, doctorId: 'doctor-1' });
    expect(slot).toMatchObject({ date: '2026-11-23', doctorId: 'doctor-1', chairId: 'chair-2' });
  });

  it('after midnight is on the next day', () => {
    const late = slotOf({ ...drawn, start: 1450, end: 1510 }, book);
    expect(late).toMatchObject({ date: '2026-11-23', start: 10, end: 70 });
  });
});

describe('a new appointment', () => {
  it('begins with the slot that was drawn', () => {
    const values = firstValues({ ...form, slot: slotOf(drawn, book) });
    expect(values).toMatchObject({ chairId: 'chair-1', doctorId: 'doctor-1', start: '10:00', minutes: 60 });
  });

  it('is the doctor’s own when a doctor books', () => {
    expect(firstValues({ ...form, ownDoctorId: 'doctor-9' }).doctorId).toBe('doctor-9');
  });

  it('like another one repeats who, where, how long and what for, and asks for the day', () => {
    const copyOf = {
      ...taken[0],
      patient: { id: 'p', name_ar: '', name_en: 'Mona', file_number: '1', has_alerts: false },
      type: { id: 'type-1', name_ar: 'كشف', name_en: 'Check-up', colour: '#0068a8' },
      starts_at: '2026-11-22T08:00:00Z',
      ends_at: '2026-11-22T08:45:00Z',
      local_start: '10:00',
      pattern: 'DAAAAAAAD',
      reason: 'Crown 16',
    } as Appointment;
    expect(firstValues({ ...form, copyOf })).toMatchObject({
      patient: { id: 'p' },
      typeId: 'type-1',
      doctorId: 'doctor-1',
      chairId: 'chair-1',
      start: '10:00',
      minutes: 45,
      pattern: 'DAAAAAAAD',
      reason: 'Crown 16',
      note: '',
    });
  });

  it('names what is missing, and a length nobody can book', () => {
    const values = firstValues(form);
    expect(missingFields(values)).toEqual(['patient', 'doctorId', 'start']);
    expect(missingFields({ ...values, minutes: 3 })).toContain('minutes');
    expect(missingFields({ ...values, minutes: '' })).toContain('minutes');
  });

  it('ends its minutes after its start', () => {
    expect(spanOf({ start: '09:30', minutes: 45 })).toEqual({ start: 570, end: 615 });
  });
});

describe('a draft of the form', () => {
  const context = { date: '2026-11-25', slot: null, copyOf: null, chairs: [], ownDoctorId: null };
  const mona = { id: 'p1', name_ar: null, name_en: 'Mona', file_number: '1' };
  const other = { ...mona, id: 'p2' };
  const empty = firstValues({ ...context, patient: null });
  const typed = {
    ...empty,
    patient: mona,
    doctorId: 'd1',
    date: '2026-12-01',
    start: '10:30',
    note: 'Wheelchair',
  };

  it('is there again in an empty form', () => {
    expect(withDraft(empty, typed)).toEqual(typed);
    expect(withDraft(empty, null)).toBe(empty);
  });

  it('gives way to the slot that was picked, and keeps the words', () => {
    const slot = { date: '2026-11-26', start: 600, chairId: 'c1', doctorId: 'd2' };
    const opened = firstValues({ ...context, patient: null, slot });
    expect(withDraft(opened, typed)).toMatchObject({
      date: '2026-11-26',
      start: '10:00',
      doctorId: 'd2',
      patient: mona,
      note: 'Wheelchair',
    });
  });

  it('of one patient is nothing for another', () => {
    const opened = firstValues({ ...context, patient: other });
    expect(withDraft(opened, typed)).toBe(opened);
    expect(withDraft(firstValues({ ...context, patient: mona }), typed).note).toBe('Wheelchair');
  });
});
