import { describe, expect, it } from 'vitest';
import { paymentShares, refundable } from './paymentShares';

describe('the shares of a payment', () => {
  it('go to the invoice as far as it needs them, the rest is credit', () => {
    expect(paymentShares('500.00', '1200.00', 2)).toEqual({ toInvoice: '500.00', credit: null });
    expect(paymentShares('1200.00', '1200.00', 2)).toEqual({ toInvoice: '1200.00', credit: null });
    expect(paymentShares('1500.10', '1200.05', 2)).toEqual({ toInvoice: '1200.05', credit: '300.05' });
  });

  it('are exact to the smallest unit', () => {
    expect(paymentShares('0.300', '0.100', 3).credit).toBe('0.200');
    expect(refundable('90071992547409.93', '0.01', 2)).toBe('90071992547409.92');
  });
});
