import type { Appointment, Chair } from '@/api/types';
import { addDays } from '@/lib/format';
import { type BookAxis, NO_CHAIR } from './dayModel';
import { minutesBetween, minutesOfTime, timeOfMinutes } from './dayTime';
import { type BookingPlan, incomplete, ONCE } from './openings/bookingPlan';
import type { HeldSlot } from './openings/holdSlot';
import type { PickedPatient } from './PatientPicker';

const USUAL_MINUTES = 30;
const SHORTEST = 5;
const LONGEST = 720;
const DAY = 24 * 60;

/** Where on the book someone clicked or drew, and who is likely meant. */
export interface NewSlot {
  date: string;
  start: number;
  /** Absent for a click: that is a place, not a length. */
  end?: number;
  chairId: string | null;
  doctorId: string | null;
}

export interface NewAppointmentValues {
  patient: PickedPatient | null;
  typeId: string | null;
  doctorId: string | null;
  chairId: string | null;
  date: string;
  start: string;
  minutes: number | string;
  /** One letter for each 5 minutes; empty is the doctor's time throughout. */
  pattern: string;
  reason: string;
  note: string;
  asap: boolean;
  procedureId: string | null;
  overbookReason: string;
  /** What else is booked in the same act. */
  plan: BookingPlan;
  /** The slot that is kept for it. */
  holdId: string | null;
  /** Planned work that it is for. */
  planItems: string[];
}

/** What is planned for a patient, to be booked. */
export interface PlannedWork {
  items: string[];
  minutes: number | null;
  doctorId: string | null;
  typeId: string | null;
  reason: string;
}

interface DrawnSlot {
  axis: BookAxis;
  columnId: string;
  start: number;
  end: number;
}

interface SlotContext {
  /** The day of the book, where its columns are not days. */
  date: string;
  slotMinutes: number;
  appointments: readonly Appointment[];
  /** Whose week it is, in a book of days. */
  chairId?: string | null;
  doctorId?: string | null;
}

/** A slot on a chair is likely for the doctor who works there that day, and the other way round. */
export function slotOf({ axis, columnId, start, end }: DrawnSlot, context: SlotContext): NewSlot {
  const day = axis === 'date' ? columnId : context.date;
  const date = start < DAY ? day : addDays(day, 1);
  const chairId = axis === 'chair' ? (columnId === NO_CHAIR ? null : columnId) : (context.chairId ?? null);
  const doctorId = axis === 'doctor' ? columnId : (context.doctorId ?? null);
  const thatDay = context.appointments.filter((item) => item.local_date === date);
  const onChair = thatDay.find((item) => item.chair_id && item.chair_id === chairId);
  const ofDoctor = thatDay.find((item) => item.doctor_id === doctorId && item.chair_id);
  return {
    date,
    start: start % DAY,
    ...(end - start > context.slotMinutes ? { end: (start % DAY) + end - start } : {}),
    chairId: chairId ?? ofDoctor?.chair_id ?? null,
    doctorId: doctorId ?? onChair?.doctor_id ?? null,
  };
}

interface FormContext {
  date: string;
  slot: NewSlot | null;
  patient: PickedPatient | null;
  /** The appointment to book another one like. */
  copyOf: Appointment | null;
  held?: HeldSlot | null;
  planned?: PlannedWork | null;
  chairs: readonly Chair[];
  /** The reader, when he is a doctor. */
  ownDoctorId: string | null;
}

/** What the form begins with. */
export function firstValues({
  date,
  slot: drawnSlot,
  patient,
  copyOf,
  held,
  planned,
  chairs,
  ownDoctorId,
}: FormContext): NewAppointmentValues {
  const onlyChair = chairs.length === 1 ? (chairs[0]?.id ?? null) : null;
  const slot = held?.slot ?? drawnSlot;
  const drawn = slot?.end === undefined ? null : slot.end - slot.start;
  return {
    patient: patient ?? copyOf?.patient ?? null,
    typeId: held?.typeId ?? copyOf?.type?.id ?? planned?.typeId ?? null,
    doctorId: slot?.doctorId ?? copyOf?.doctor_id ?? planned?.doctorId ?? ownDoctorId,
    chairId: slot?.chairId ?? copyOf?.chair_id ?? onlyChair,
    date: slot?.date ?? date,
    start: slot ? timeOfMinutes(slot.start) : (copyOf?.local_start ?? ''),
    minutes:
      drawn ??
      (copyOf ? minutesBetween(copyOf.starts_at, copyOf.ends_at) : (planned?.minutes ?? USUAL_MINUTES)),
    pattern: drawn === null ? (copyOf?.pattern ?? '') : '',
    reason: copyOf?.reason ?? planned?.reason ?? '',
    note: '',
    asap: false,
    procedureId: copyOf?.procedure_id ?? null,
    overbookReason: '',
    plan: ONCE,
    holdId: held?.id ?? null,
    planItems: planned?.items ?? [],
  };
}

/** What a draft keeps: neither a slot that may be gone by then nor a reason that was given for a refusal. */
export type DraftedAppointment = Omit<NewAppointmentValues, 'holdId' | 'overbookReason'>;

/**
 * What the form begins with after a session ended in the middle of it. What the form was opened with goes before what
 * was typed, and what was typed for one patient never goes to another.
 */
export function withDraft(
  first: NewAppointmentValues,
  kept: DraftedAppointment | null,
): NewAppointmentValues {
  if (!kept) return first;
  if (first.patient && first.patient.id !== kept.patient?.id) return first;
  const placed = first.start !== '';
  return {
    ...first,
    patient: first.patient ?? kept.patient,
    typeId: first.typeId ?? kept.typeId,
    procedureId: first.procedureId ?? kept.procedureId,
    doctorId: placed ? first.doctorId : kept.doctorId,
    chairId: placed ? first.chairId : kept.chairId,
    ...(placed
      ? {}
      : {
          date: kept.date,
          start: kept.start,
          minutes: kept.minutes,
          pattern: kept.pattern,
          plan: kept.plan,
        }),
    reason: first.reason || kept.reason,
    note: first.note || kept.note,
    asap: first.asap || kept.asap,
  };
}

export type MissingField = 'patient' | 'doctorId' | 'date' | 'start' | 'minutes' | 'plan';

/** The fields that are not right yet. */
export function missingFields(values: NewAppointmentValues): MissingField[] {
  const missing: MissingField[] = [];
  const minutes = Number(values.minutes);
  if (!values.patient) missing.push('patient');
  if (!values.doctorId) missing.push('doctorId');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(values.date)) missing.push('date');
  if (!/^\d{2}:\d{2}/.test(values.start)) missing.push('start');
  if (!Number.isInteger(minutes) || minutes < SHORTEST || minutes > LONGEST) missing.push('minutes');
  if (incomplete(values.plan)) missing.push('plan');
  return missing;
}

export function spanOf(values: Pick<NewAppointmentValues, 'start' | 'minutes'>): {
  start: number;
  end: number;
} {
  const start = minutesOfTime(values.start);
  return { start, end: start + Number(values.minutes) };
}
