import type { InvoiceLine, LineInput } from '@/api/types';

/** With `id`, what a line does not name stays as the draft has it; without, it comes from the catalogue. */
export type LineChange = Omit<LineInput, 'id' | 'procedure_id'>;

/** The whole list, as it is. */
export const keptLines = (lines: readonly InvoiceLine[]): LineInput[] => lines.map(({ id }) => ({ id }));

/** The whole list with one line changed. */
export function changedLines(lines: readonly InvoiceLine[], lineId: string, change: LineChange): LineInput[] {
  return lines.map(({ id }) => (id === lineId ? { id, ...change } : { id }));
}
