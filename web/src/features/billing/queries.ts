import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Invoice, List, Payment } from '@/api/types';

const PAYMENTS_SHOWN = 100;

export function invoiceQuery(id: string) {
  return queryOptions({
    queryKey: ['invoices', id],
    queryFn: ({ signal }) => api.get<Invoice>(`/invoices/${id}`, { signal }),
  });
}

/** The payments that went, wholly or in part, to this invoice, also those that were refunded since. */
export function invoicePaymentsQuery({ id }: Pick<Invoice, 'id'>) {
  return queryOptions({
    queryKey: ['payments', 'of-invoice', id],
    queryFn: ({ signal }) =>
      api.get<List<Payment>>('/payments', { query: { invoice_id: id, limit: PAYMENTS_SHOWN }, signal }),
    select: (list) => list.items,
  });
}

/** Money has moved: invoices, payments and balances are read again. */
export function refreshMoney(client: QueryClient, patientId: string) {
  void client.invalidateQueries({ queryKey: ['patients', patientId] });
  void client.invalidateQueries({ queryKey: ['patients', 'list'] });
  void client.invalidateQueries({ queryKey: ['visits'] });
  return Promise.all([
    client.invalidateQueries({ queryKey: ['invoices'] }),
    client.invalidateQueries({ queryKey: ['payments'] }),
  ]);
}
