import { addAmounts, compareAmounts } from '@/lib/format';

const minus = (amount: string, less: string, exponent: number) => addAmounts([amount, `-${less}`], exponent);

/** What of a payment goes to the invoice, and what stays as the patient's credit. */
export function paymentShares(amount: string, balance: string, exponent: number) {
  const covers = compareAmounts(amount, balance, exponent) > 0;
  return covers
    ? { toInvoice: balance, credit: minus(amount, balance, exponent) }
    : { toInvoice: amount, credit: null };
}

/** What can still be paid back. */
export const refundable = (amount: string, refunded: string, exponent: number) =>
  minus(amount, refunded, exponent);
