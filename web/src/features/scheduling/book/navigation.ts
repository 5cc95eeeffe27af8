import { clamp, type DayScale } from './geometry';
import type { BookAppointment, Span } from './types';

export type FocusStep = 'earlier' | 'later' | 'nextColumn' | 'previousColumn' | 'first' | 'last';

/** The order of the day: by time, then by name so that equal times keep their places. */
export function byTime(a: BookAppointment, b: BookAppointment): number {
  return a.start - b.start || a.end - b.end || a.id.localeCompare(b.id);
}

/**
 * The appointment that receives the focus from `id`. Sideways it is the one nearest in time
 * in the next column that has any.
 */
export function focusTarget(
  columns: ReadonlyArray<readonly BookAppointment[]>,
  id: string,
  step: FocusStep,
): string | null {
  const columnIndex = columns.findIndex((list) => list.some((item) => item.id === id));
  const list = columns[columnIndex];
  if (!list) return null;
  const index = list.findIndex((item) => item.id === id);
  switch (step) {
    case 'earlier':
      return list[index - 1]?.id ?? null;
    case 'later':
      return list[index + 1]?.id ?? null;
    case 'first':
      return list[0]?.id ?? null;
    case 'last':
      return list[list.length - 1]?.id ?? null;
    case 'nextColumn':
      return nearestBeside(columns, columnIndex, 1, list[index]);
    case 'previousColumn':
      return nearestBeside(columns, columnIndex, -1, list[index]);
  }
}

function nearestBeside(
  columns: ReadonlyArray<readonly BookAppointment[]>,
  from: number,
  direction: 1 | -1,
  current: BookAppointment | undefined,
): string | null {
  if (!current) return null;
  for (let i = from + direction; i >= 0 && i < columns.length; i += direction) {
    let best: BookAppointment | null = null;
    for (const item of columns[i] ?? []) {
      const nearer = !best || Math.abs(item.start - current.start) < Math.abs(best.start - current.start);
      if (nearer) best = item;
    }
    if (best) return best.id;
  }
  return null;
}

/** Where the keyboard is: on a card, or on free time between cards. */
export interface Stop extends Span {
  column: number;
  /** Absent on free time. */
  id?: string;
}

export interface StopGrid {
  lists: ReadonlyArray<readonly BookAppointment[]>;
  slotMinutes: number;
  scale: Pick<DayScale, 'dayStart' | 'dayEnd'>;
}

const stopOf = ({ id, start, end }: BookAppointment, column: number): Stop => ({ column, id, start, end });

/** The free stretch of the grid at a minute; it ends where the next card begins. Null inside a card. */
function freeAt(minute: number, column: number, { lists, slotMinutes, scale }: StopGrid): Stop | null {
  const list = lists[column] ?? [];
  if (minute < scale.dayStart || minute >= scale.dayEnd) return null;
  if (list.some(({ start, end }) => start <= minute && minute < end)) return null;
  const line = Math.floor(minute / slotMinutes) * slotMinutes;
  const before = list.filter(({ end }) => end <= minute).map(({ end }) => end);
  const after = list.filter(({ start }) => start > minute).map(({ start }) => start);
  return {
    column,
    start: Math.max(line, scale.dayStart, ...before),
    end: Math.min(line + slotMinutes, scale.dayEnd, ...after),
  };
}

/** The card at a minute, or the free time there. */
export function stopAt(minute: number, column: number, grid: StopGrid): Stop | null {
  const { dayStart, dayEnd } = grid.scale;
  const inside = clamp(minute, dayStart, dayEnd - 1);
  const card = grid.lists[column]?.find(({ start, end }) => start <= inside && inside < end);
  return card ? stopOf(card, column) : freeAt(inside, column, grid);
}

/** The stop an arrow leads to: through cards and free time alike; null at the edge of the book. */
export function nextStop(from: Stop, step: FocusStep, grid: StopGrid): Stop | null {
  const list = grid.lists[from.column] ?? [];
  const own = list.findIndex(({ id }) => id === from.id);
  switch (step) {
    case 'later': {
      const card = own >= 0 ? list[own + 1] : list.find(({ start }) => start >= from.start);
      // Where cards overlap, free time begins after the last of them.
      let minute = from.end;
      for (const { start, end } of list) {
        if (start <= minute && end > minute && start <= from.start) minute = end;
      }
      if (card && card.start <= minute) return stopOf(card, from.column);
      return freeAt(minute, from.column, grid) ?? (card ? stopOf(card, from.column) : null);
    }
    case 'earlier': {
      const card = own >= 0 ? list[own - 1] : list.findLast(({ start }) => start < from.start);
      const covered = list.some(({ start, end }) => start < from.start && end >= from.start);
      if (card && covered) return stopOf(card, from.column);
      return freeAt(from.start - 1, from.column, grid) ?? (card ? stopOf(card, from.column) : null);
    }
    case 'nextColumn':
    case 'previousColumn': {
      const column = from.column + (step === 'nextColumn' ? 1 : -1);
      return column >= 0 && column < grid.lists.length ? stopAt(from.start, column, grid) : null;
    }
    case 'first':
    case 'last': {
      const card = step === 'first' ? list[0] : list.at(-1);
      return card ? stopOf(card, from.column) : null;
    }
  }
}
