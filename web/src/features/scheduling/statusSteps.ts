import type { AppointmentStatus } from '@/api/types';

export interface StatusSteps {
  /** What usually comes next, the likeliest first. */
  next: readonly AppointmentStatus[];
  /** Ways in which the appointment ends without being treated. */
  ending: readonly AppointmentStatus[];
  /** Undoing a step that was taken by mistake, or a patient who came late after all; always with a reason. */
  back: readonly AppointmentStatus[];
}

const STEPS: Record<AppointmentStatus, StatusSteps> = {
  scheduled: { next: ['confirmed', 'arrived'], ending: ['cancelled', 'no_show'], back: [] },
  confirmed: { next: ['arrived'], ending: ['cancelled', 'no_show'], back: ['scheduled'] },
  arrived: { next: ['in_chair'], ending: ['cancelled'], back: ['confirmed', 'scheduled'] },
  in_chair: { next: ['completed'], ending: [], back: ['arrived'] },
  completed: { next: ['checked_out'], ending: [], back: ['in_chair'] },
  checked_out: { next: [], ending: [], back: ['completed'] },
  // Who was missed and comes late goes straight to arrived.
  no_show: { next: [], ending: [], back: ['arrived', 'scheduled'] },
  cancelled: { next: [], ending: [], back: ['scheduled'] },
  rescheduled: { next: [], ending: [], back: [] },
};

export function statusSteps(status: AppointmentStatus): StatusSteps {
  return STEPS[status];
}

/** Steps back and cancelling say why; the others need no words. */
export function needsReason(from: AppointmentStatus, to: AppointmentStatus): boolean {
  return to === 'cancelled' || STEPS[from].back.includes(to);
}

/** Finished and cancelled appointments stay where they are. */
export function isMovable(status: AppointmentStatus): boolean {
  return status === 'scheduled' || status === 'confirmed' || status === 'arrived' || status === 'in_chair';
}
