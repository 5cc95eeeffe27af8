import { describe, expect, it } from 'vitest';
import type { InvoiceLine } from '@/api/types';
import { changedLines, lineInput } from './draftLines';

const egp = (amount: string) => ({ amount, currency: 'EGP' });

const line = (change: Partial<InvoiceLine> = {}): InvoiceLine => ({
  id: 'l1',
  position: 1,
  procedure_id: 'p1',
  description_ar: 'حشوة',
  description_en: 'Filling',
  tooth: '16',
  surfaces: ['M', 'O'],
  quantity: 1,
  unit_price: egp('600.00'),
  discount: egp('0.00'),
  tax_code: 'exempt',
  tax_percent: '0',
  subtotal: egp('600.00'),
  tax: egp('0.00'),
  total: egp('600.00'),
  visit_procedure_id: null,
  ...change,
});

describe('the lines of a draft', () => {
  it('stay tied to the work of the visit', () => {
    expect(lineInput(line({ visit_procedure_id: 'v1' }), false)).toMatchObject({ visit_procedure_id: 'v1' });
    expect(lineInput(line({ visit_procedure_id: 'v1' }), false)).not.toHaveProperty('procedure_id');
  });

  it('never carry a price from someone who may not set it', () => {
    expect(lineInput(line(), false)).not.toHaveProperty('unit_price');
    expect(lineInput(line(), true)).toMatchObject({ unit_price: egp('600.00') });
  });

  it('keep the discount another person gave', () => {
    expect(lineInput(line({ discount: egp('50.00') }), false)).toMatchObject({ discount: egp('50.00') });
  });

  it('change only the one that was edited', () => {
    const lines = [line(), line({ id: 'l2', position: 2 })];
    expect(changedLines(lines, 2, { quantity: 3 }, false).map(({ quantity }) => quantity)).toEqual([1, 3]);
  });
});
