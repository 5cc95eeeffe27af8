import { describe, expect, it } from 'vitest';
import type { Appointment, Chair } from '@/api/types';
import { missingFields, spanOf, startsBetween, valuesForSlot } from './newAppointment';

const taken = [
  { id: 'a', chair_id: 'chair-1', doctor_id: 'doctor-1' },
  { id: 'b', chair_id: null, doctor_id: 'doctor-2' },
] as Appointment[];
const chairs = [{ id: 'chair-1' }, { id: 'chair-2' }] as Chair[];
const context = {
  date: '2026-11-22',
  view: 'chair' as const,
  slotMinutes: 15,
  slot: { columnId: 'chair-1', start: 600, end: 660 },
  patient: null,
  appointments: taken,
  chairs,
  ownDoctorId: null,
};

describe('a new appointment', () => {
  it('begins with the slot that was drawn and the doctor of that chair', () => {
    const values = valuesForSlot(context);
    expect(values).toMatchObject({ chairId: 'chair-1', doctorId: 'doctor-1', start: '10:00', minutes: 60 });
  });

  it('takes a click as a place and suggests the usual length', () => {
    const clicked = { ...context, slot: { columnId: 'chair-2', start: 600, end: 615 } };
    expect(valuesForSlot(clicked)).toMatchObject({ chairId: 'chair-2', doctorId: null, minutes: 30 });
  });

  it('begins with the doctor of the column, and his chair of that day', () => {
    const ofDoctor = {
      ...context,
      view: 'doctor' as const,
      slot: { columnId: 'doctor-1', start: 540, end: 570 },
    };
    expect(valuesForSlot(ofDoctor)).toMatchObject({ doctorId: 'doctor-1', chairId: 'chair-1' });
    const without = { ...ofDoctor, slot: { columnId: 'doctor-2', start: 540, end: 570 } };
    expect(valuesForSlot(without).chairId).toBeNull();
  });

  it('is the doctor’s own when a doctor books', () => {
    expect(valuesForSlot({ ...context, slot: null, ownDoctorId: 'doctor-9' }).doctorId).toBe('doctor-9');
  });

  it('names what is missing, and a length nobody can book', () => {
    const values = valuesForSlot({ ...context, slot: null });
    expect(missingFields(values)).toEqual(['patient', 'doctorId', 'start']);
    expect(missingFields({ ...values, minutes: 3 })).toContain('minutes');
    expect(missingFields({ ...values, minutes: '' })).toContain('minutes');
  });

  it('ends its minutes after its start', () => {
    expect(spanOf({ ...valuesForSlot(context), start: '09:30', minutes: 45 })).toEqual({
      start: 570,
      end: 615,
    });
  });

  it('can start every five minutes of the day', () => {
    const starts = startsBetween(480, 1200);
    expect(starts.slice(0, 2)).toEqual(['08:00', '08:05']);
    expect(starts.at(-1)).toBe('19:55');
  });
});
