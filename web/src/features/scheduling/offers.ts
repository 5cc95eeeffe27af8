import type { Appointment } from '@/api/types';
import type { SlotOffersProps } from '@/ui/slots';
import { instantOf } from './dayTime';
import type { NewSlot } from './newAppointment';
import type { BookSetup } from './useBookSetup';

/** Free time of a doctor that somebody who waits could have. */
export type OfferedSlot = Omit<SlotOffersProps, 'onClose' | 'onFilled'>;

type Freed = Pick<
  Appointment,
  'status' | 'starts_at' | 'ends_at' | 'doctor_id' | 'doctor' | 'chair_id' | 'chair'
>;

/** The time that an appointment gave back; none when it is over, or was never given back. */
export function freedSlot(appointment: Freed, now: number): OfferedSlot | null {
  const { status, starts_at, ends_at, doctor_id, doctor, chair_id, chair } = appointment;
  if (status !== 'cancelled' || Date.parse(starts_at) <= now) return null;
  return {
    doctor: { ...doctor, id: doctor_id },
    chair: chair_id ? { ...chair, id: chair_id } : null,
    startsAt: starts_at,
    endsAt: ends_at,
  };
}

/** What was drawn on free time of the book; none without a doctor, or when it is over. */
export function drawnSlot(
  slot: NewSlot,
  { doctors, chairs, clinic }: Pick<BookSetup, 'doctors' | 'chairs'> & { clinic: { slot_minutes: number } },
  timeZone: string,
  now: number,
): OfferedSlot | null {
  const doctor = doctors.find(({ id }) => id === slot.doctorId);
  if (!doctor) return null;
  const startsAt = instantOf(slot.date, slot.start, timeZone);
  if (Date.parse(startsAt) <= now) return null;
  return {
    doctor,
    chair: chairs.find(({ id }) => id === slot.chairId) ?? null,
    startsAt,
    endsAt: instantOf(slot.date, slot.end ?? slot.start + clinic.slot_minutes, timeZone),
  };
}
