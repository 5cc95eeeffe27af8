import { minutesOfTime, wallClock } from '../dayTime';
import type { PickedPatient } from '../PatientPicker';

export const REPEAT_UNITS = ['days', 'weeks', 'months'] as const;
export type RepeatUnit = (typeof REPEAT_UNITS)[number];

/** Appointments that one act books at most. */
export const MOST = 60;

export interface FurtherSitting {
  key: string;
  date: string;
  start: string;
  minutes: number | string;
}

export interface FamilyMember {
  key: string;
  patient: PickedPatient | null;
  doctorId: string | null;
  chairId: string | null;
}

/** What is booked with the appointment of the form, in one act. */
export type BookingPlan =
  | { kind: 'once' }
  | { kind: 'repeat'; every: number | string; unit: RepeatUnit; count: number | string; skip: boolean }
  | { kind: 'sittings'; sittings: FurtherSitting[] }
  | { kind: 'family'; beside: boolean; members: FamilyMember[] };

export const ONCE: BookingPlan = { kind: 'once' };

const whole = (value: number | string, least: number, most: number) => {
  const number = Number(value);
  return Number.isInteger(number) && number >= least && number <= most;
};

/** Whether something of the plan is still missing or cannot be. */
export function incomplete(plan: BookingPlan): boolean {
  switch (plan.kind) {
    case 'once':
      return false;
    case 'repeat':
      return !whole(plan.every, 1, 366) || !whole(plan.count, 2, MOST);
    case 'sittings':
      return plan.sittings.length === 0 || plan.sittings.some((one) => !sittingComplete(one));
    case 'family':
      return (
        plan.members.length === 0 ||
        plan.members.some((one) => !one.patient || (plan.beside && !one.doctorId))
      );
  }
}

function sittingComplete({ date, start, minutes }: FurtherSitting): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(date) && /^\d{2}:\d{2}/.test(start) && whole(minutes, 5, 720);
}

interface Body {
  patient_id: string | undefined;
  doctor_id: string | null;
  chair_id: string | null;
  hold_id?: string;
  plan_item_ids?: string[];
  [field: string]: unknown;
}

interface Place {
  date: string;
  start: number;
  end: number;
}

export interface Act {
  path: string;
  body: unknown;
}

/** The one request that books everything. */
export function actOf(plan: BookingPlan, first: Body, place: Place): Act {
  switch (plan.kind) {
    case 'once':
      return { path: '/appointments', body: first };
    case 'repeat':
      return {
        path: '/appointments/series',
        body: {
          appointment: first,
          repeat: { every: Number(plan.every), unit: plan.unit, count: Number(plan.count) },
          on_conflict: plan.skip ? 'skip' : 'refuse',
        },
      };
    case 'sittings':
      return {
        path: '/appointments/series',
        body: {
          appointment: first,
          sittings: plan.sittings.map(({ date, start, minutes }) => ({
            starts_at: wallClock(date, minutesOfTime(start)),
            ends_at: wallClock(date, minutesOfTime(start) + Number(minutes)),
          })),
        },
      };
    case 'family': {
      const { hold_id: _, plan_item_ids: __, ...shared } = first;
      const length = place.end - place.start;
      const others = plan.members.map((member, index) => {
        const shift = plan.beside ? 0 : length * (index + 1);
        return {
          ...shared,
          patient_id: member.patient?.id,
          ...(plan.beside ? { doctor_id: member.doctorId, chair_id: member.chairId } : {}),
          starts_at: wallClock(place.date, place.start + shift),
          ends_at: wallClock(place.date, place.end + shift),
        };
      });
      return { path: '/appointments/group', body: { appointments: [first, ...others] } };
    }
  }
}
