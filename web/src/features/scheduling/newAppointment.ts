import type { Appointment, Chair } from '@/api/types';
import { type BookView, NO_CHAIR } from './dayModel';
import { minutesOfTime, timeOfMinutes } from './dayTime';
import type { PickedPatient } from './PatientPicker';

const USUAL_MINUTES = 30;
const SHORTEST = 5;
const LONGEST = 720;

/** Where on the book someone clicked or drew. */
export interface NewSlot {
  columnId: string;
  start: number;
  end: number;
}

export interface NewAppointmentValues {
  patient: PickedPatient | null;
  doctorId: string | null;
  chairId: string | null;
  date: string;
  start: string;
  minutes: number | string;
  reason: string;
  note: string;
  overbookReason: string;
}

interface SlotContext {
  date: string;
  view: BookView;
  slotMinutes: number;
  slot: NewSlot | null;
  patient: PickedPatient | null;
  appointments: readonly Appointment[];
  chairs: readonly Chair[];
  /** The reader, when he is a doctor. */
  ownDoctorId: string | null;
}

/** What the form begins with: the slot that was drawn, and the doctor who works on that chair today. */
export function valuesForSlot(context: SlotContext): NewAppointmentValues {
  const { date, view, slot, slotMinutes, appointments, chairs, ownDoctorId } = context;
  const chairId = view === 'chair' && slot && slot.columnId !== NO_CHAIR ? slot.columnId : null;
  const doctorId = view === 'doctor' && slot ? slot.columnId : null;
  const onChair = appointments.find((item) => item.chair_id && item.chair_id === chairId);
  const ofDoctor = appointments.find((item) => item.doctor_id === doctorId && item.chair_id);
  const onlyChair = chairs.length === 1 ? (chairs[0]?.id ?? null) : null;
  // A click is one slot of the grid; that is a place, not a length.
  const drawn = slot && slot.end - slot.start > slotMinutes ? slot.end - slot.start : USUAL_MINUTES;
  return {
    patient: context.patient,
    doctorId: doctorId ?? ownDoctorId ?? onChair?.doctor_id ?? null,
    chairId: chairId ?? ofDoctor?.chair_id ?? onlyChair,
    date,
    start: slot ? timeOfMinutes(slot.start) : '',
    minutes: drawn,
    reason: '',
    note: '',
    overbookReason: '',
  };
}

/** The times an appointment can start at: every five minutes. */
export function startsBetween(dayStart: number, dayEnd: number): string[] {
  const count = Math.max(0, Math.floor((dayEnd - dayStart) / SHORTEST));
  return Array.from({ length: count }, (_, index) => timeOfMinutes(dayStart + index * SHORTEST));
}

export type MissingField = 'patient' | 'doctorId' | 'date' | 'start' | 'minutes';

/** The fields that are not right yet. */
export function missingFields(values: NewAppointmentValues): MissingField[] {
  const missing: MissingField[] = [];
  const minutes = Number(values.minutes);
  if (!values.patient) missing.push('patient');
  if (!values.doctorId) missing.push('doctorId');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(values.date)) missing.push('date');
  if (!/^\d{2}:\d{2}/.test(values.start)) missing.push('start');
  if (!Number.isInteger(minutes) || minutes < SHORTEST || minutes > LONGEST) missing.push('minutes');
  return missing;
}

export function spanOf(values: NewAppointmentValues): { start: number; end: number } {
  const start = minutesOfTime(values.start);
  return { start, end: start + Number(values.minutes) };
}
