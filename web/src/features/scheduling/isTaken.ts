import { isApiError } from '@/api/errors';

const TAKEN = ['scheduling.chair_taken', 'scheduling.doctor_taken', 'scheduling.slot_blocked'];

/** Somebody or something else has the time, and a reason may be given for booking over it. */
export const isTaken = (error: unknown): boolean => TAKEN.some((code) => isApiError(error, code));
