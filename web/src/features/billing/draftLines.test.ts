import { describe, expect, it } from 'vitest';
import type { InvoiceLine } from '@/api/types';
import { changedLines, keptLines } from './draftLines';

const egp = (amount: string) => ({ amount, currency: 'EGP' });

const line = (id: string): InvoiceLine => ({
  id,
  position: 1,
  procedure_id: 'p1',
  description_ar: 'حشوة',
  description_en: 'Filling',
  tooth: '16',
  surfaces: ['M', 'O'],
  quantity: 1,
  unit_price: egp('600.00'),
  discount: egp('50.00'),
  tax_code: 'exempt',
  tax_percent: '0',
  subtotal: egp('600.00'),
  tax: egp('0.00'),
  total: egp('550.00'),
  visit_procedure_id: null,
});

describe('the lines of a draft', () => {
  it('send only what was edited, so that nobody repeats a price or a discount another person gave', () => {
    expect(changedLines([line('l1'), line('l2')], 'l2', { quantity: 3 })).toEqual([
      { id: 'l1' },
      { id: 'l2', quantity: 3 },
    ]);
  });

  it('keep their order and their names', () => {
    expect(keptLines([line('l2'), line('l1')])).toEqual([{ id: 'l2' }, { id: 'l1' }]);
  });
});
