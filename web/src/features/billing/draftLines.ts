import type { InvoiceLine, Money, TaxCode } from '@/api/types';

/** A line as the API takes it. With `id`, what is absent stays as the draft has it; else it comes from the catalogue. */
export interface LineInput {
  id?: string;
  procedure_id?: string;
  tooth?: string;
  quantity?: number;
  unit_price?: Money;
  discount?: Money;
  tax_code?: TaxCode;
}

export type LineChange = Omit<LineInput, 'id' | 'procedure_id'>;

/** The whole list, as it is. */
export const keptLines = (lines: readonly InvoiceLine[]): LineInput[] => lines.map(({ id }) => ({ id }));

/** The whole list with one line changed. */
export function changedLines(lines: readonly InvoiceLine[], lineId: string, change: LineChange): LineInput[] {
  return lines.map(({ id }) => (id === lineId ? { id, ...change } : { id }));
}
