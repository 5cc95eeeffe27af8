import type { InvoiceLine, Money, TaxCode } from '@/api/types';
import { isZeroMoney } from '@/lib/format';

/** A line as the API takes it; what is absent the server takes from the catalogue or from the visit. */
export interface LineInput {
  visit_procedure_id?: string;
  procedure_id?: string;
  tooth?: string;
  surfaces?: string[];
  quantity?: number;
  unit_price?: Money;
  discount?: Money;
  tax_code?: TaxCode;
}

export type LineChange = Partial<
  Pick<InvoiceLine, 'tooth' | 'quantity' | 'unit_price' | 'discount' | 'tax_code'>
>;

/**
 * The line as it stands, to be sent again with the whole list. Prices are only repeated by those who may set them;
 * a discount somebody else gave is repeated by everyone, so that it is not lost.
 */
export function lineInput(line: InvoiceLine, setsPrices: boolean): LineInput {
  const origin = line.visit_procedure_id
    ? { visit_procedure_id: line.visit_procedure_id }
    : line.procedure_id
      ? { procedure_id: line.procedure_id }
      : {};
  return {
    ...origin,
    ...(line.tooth ? { tooth: line.tooth } : {}),
    ...(line.tooth && line.surfaces?.length ? { surfaces: line.surfaces } : {}),
    quantity: line.quantity,
    ...(setsPrices ? { unit_price: line.unit_price } : {}),
    ...(setsPrices || !isZeroMoney(line.discount) ? { discount: line.discount } : {}),
    tax_code: line.tax_code,
  };
}

/** The whole list with one line changed, found by its position. */
export function changedLines(
  lines: readonly InvoiceLine[],
  position: number,
  change: LineChange,
  setsPrices: boolean,
): LineInput[] {
  return lines.map((line) =>
    lineInput(line.position === position ? { ...line, ...change } : line, setsPrices),
  );
}
