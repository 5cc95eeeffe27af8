import type { BookAppointment } from './types';

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
