import { overlaps } from './geometry';
import { type BookAppointment, holdsSlot, type Placement } from './types';

/**
 * Whether somebody else has the chair or the doctor at that time, as far as this day shows. Only a hint: the server
 * decides. `own` is null for an appointment that is still to be made, which has no doctor (or no chair) yet.
 */
export function clashes(
  appointments: readonly BookAppointment[],
  own: BookAppointment | null,
  place: Placement,
): boolean {
  if (own && !holdsSlot(own.status)) return false;
  return appointments.some(
    (other) =>
      other.id !== own?.id &&
      holdsSlot(other.status) &&
      overlaps(other, place) &&
      (other.columnId === place.columnId || (own?.keeps != null && own.keeps === other.keeps)),
  );
}
