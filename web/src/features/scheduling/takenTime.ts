import type { SlotHold, TimeBlock } from '@/api/types';
import { daysBetween } from '@/lib/format';
import type { BookColumnData, Span } from './book/types';
import { DAY_MINUTES, minutesBetween } from './dayTime';
import type { NameOf } from './places';

/** What takes time of the book besides appointments. */
export interface TakenTime {
  blocks: readonly TimeBlock[];
  holds: readonly SlotHold[];
  /** The time of day of an instant, in minutes from midnight. */
  minuteOf(instant: string): { date: string; minutes: number };
}

export type Occupant = Pick<TimeBlock, 'branch_id' | 'chair_id' | 'doctor_id'>;

/** A block of neither chair nor doctor is the whole branch's. */
const isOfBranch = ({ chair_id, doctor_id }: Occupant) => !chair_id && !doctor_id;

export function isOnChair(one: Occupant, chair: { id: string; branch_id: string }): boolean {
  return one.chair_id === chair.id || (isOfBranch(one) && one.branch_id === chair.branch_id);
}

export function isOfDoctor(one: Occupant, doctorId: string, branchId: string | null): boolean {
  return one.doctor_id === doctorId || (isOfBranch(one) && branchId !== null && one.branch_id === branchId);
}

/** The blocks and kept slots of a column, by their minutes of its day. */
export function takenTime(
  { blocks, holds, minuteOf }: TakenTime,
  date: string,
  nameOf: NameOf,
  mine: (one: Occupant) => boolean,
): Pick<BookColumnData, 'blocks' | 'holds'> {
  const place = ({ id, starts_at, ends_at }: { id: string; starts_at: string; ends_at: string }) => {
    const at = minuteOf(starts_at);
    const start = at.minutes + daysBetween(date, at.date) * DAY_MINUTES;
    return { id, start, end: start + minutesBetween(starts_at, ends_at) };
  };
  const onDay = ({ start, end }: Span) => start < DAY_MINUTES && end > 0;
  return {
    blocks: blocks
      .filter(mine)
      .map((block) => ({ ...place(block), label: block.title, kind: block.kind }))
      .filter(onDay),
    holds: holds
      .filter(mine)
      .map((hold) => ({ ...place(hold), label: nameOf(hold.held_by) }))
      .filter(onDay),
  };
}
