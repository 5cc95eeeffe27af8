import type { Appointment } from '@/api/types';

type Spanned = Pick<Appointment, 'starts_at' | 'ends_at'>;

const overlap = (one: Spanned, other: Spanned) =>
  Date.parse(one.starts_at) < Date.parse(other.ends_at) &&
  Date.parse(other.starts_at) < Date.parse(one.ends_at);

/** The cancelled appointments whose doctor and chair are still free at the time, the first first. */
export function freedSlots(
  cancelled: readonly Appointment[],
  standing: readonly Appointment[],
  now: number,
): Appointment[] {
  const taken = (slot: Appointment) =>
    standing.some(
      (other) =>
        overlap(slot, other) &&
        (other.doctor_id === slot.doctor_id || (slot.chair_id && other.chair_id === slot.chair_id)),
    );
  const seen = new Set<string>();
  return cancelled
    .filter((slot) => Date.parse(slot.starts_at) > now && !taken(slot))
    .sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at))
    .filter(({ doctor_id, starts_at }) => {
      const key = `${doctor_id} ${Date.parse(starts_at)}`;
      return !seen.has(key) && seen.add(key);
    });
}
