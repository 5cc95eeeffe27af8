import type { ToothCode } from '@/lib/teeth';
import { toothRange } from '../model/quickEntry';
import type { SelectionMode } from '../useToothNavigation';

export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((one) => one !== value) : [...values, value];
}

/** Shift extends along the arch from the tooth chosen first; Ctrl adds or removes one. */
export function nextSelection(
  teeth: readonly ToothCode[],
  code: ToothCode,
  mode: SelectionMode,
): ToothCode[] {
  if (mode === 'toggle') return toggled(teeth, code);
  if (mode === 'extend') {
    const anchor = teeth[0] ?? code;
    const range = toothRange(anchor, code);
    // The anchor stays first, so that the next step extends from it again.
    if (range) return [anchor, ...range.filter((tooth) => tooth !== anchor)];
  }
  return [code];
}
