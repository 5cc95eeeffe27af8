import i18next from 'i18next';
import { z } from 'zod';
import { parseAmount, toLatinDigits } from '@/lib/format';

/** Zod schemas for the fields forms share, with messages in the reader's language. */
const required = () => i18next.t('field.required');

export const fields = {
  text: (max = 200) =>
    z
      .string()
      .trim()
      .min(1, { error: required })
      .max(max, { error: () => i18next.t('field.tooLong', { max }) }),
  optionalText: (max = 200) =>
    z
      .string()
      .trim()
      .max(max, { error: () => i18next.t('field.tooLong', { max }) }),
  email: () =>
    z
      .string()
      .trim()
      .min(1, { error: required })
      .pipe(z.email({ error: () => i18next.t('field.email') })),
  optionalEmail: () => z.union([z.literal(''), z.email({ error: () => i18next.t('field.email') })]),
  phone: () =>
    z
      .string()
      .transform(cleanPhone)
      .pipe(z.string().regex(PHONE, { error: () => i18next.t('field.phone') })),
  optionalPhone: () =>
    z
      .string()
      .transform(cleanPhone)
      .pipe(z.union([z.literal(''), z.string().regex(PHONE, { error: () => i18next.t('field.phone') })])),
  date: () => z.string({ error: required }).regex(DATE, { error: () => i18next.t('field.date') }),
  /** What was typed in a <MoneyField>, as the API's decimal string. */
  amount: (exponent: number, { positive = false } = {}) =>
    z
      .string({ error: required })
      .min(1, { error: required })
      .transform((typed, context) => {
        const amount = parseAmount(typed, exponent);
        if (amount !== null && !(positive && /^[0.]*$/.test(amount))) return amount;
        context.addIssue({
          code: 'custom',
          message: i18next.t(amount === null ? 'field.amount' : 'field.positive'),
        });
        return z.NEVER;
      }),
  choice: () => z.string({ error: required }).min(1, { error: required }),
};

/** Local numbers are allowed: the server completes them with the clinic's country. */
const PHONE = /^\+?\d{6,15}$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

export function cleanPhone(typed: string): string {
  return toLatinDigits(typed)
    .replace(/[\s\-().\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/^00/, '+');
}
