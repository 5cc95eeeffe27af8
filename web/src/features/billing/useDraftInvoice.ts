import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '@/api/client';
import { isApiError } from '@/api/errors';
import type { Invoice, InvoicePatch, Procedure } from '@/api/types';
import { changedLines, keptLines, type LineChange } from './draftLines';
import { invoiceQuery } from './queries';

/** Each change is sent at once, one after the other, and the sums shown are those the server answers. */
export function useDraftInvoice(invoice: Invoice) {
  const client = useQueryClient();
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const [saving, setSaving] = useState(0);
  const [failed, setFailed] = useState(false);
  const { queryKey } = invoiceQuery(invoice.id);
  const now = () => client.getQueryData<Invoice>(queryKey) ?? invoice;

  async function send(changesOf: (now: Invoice) => InvoicePatch) {
    const current = now();
    const answer = await api.patch<Invoice>(`/invoices/${invoice.id}`, changesOf(current), {
      version: current.version,
    });
    await client.cancelQueries({ queryKey });
    client.setQueryData(queryKey, answer);
  }

  /** Rejects with the server's refusal, for the field that was edited to show. */
  async function change(changesOf: (now: Invoice) => InvoicePatch): Promise<void> {
    setSaving((count) => count + 1);
    const run = last.current.then(() => send(changesOf));
    last.current = run.catch(() => {});
    try {
      await run;
      setFailed(false);
    } catch (error) {
      setFailed(true);
      if (isApiError(error)) await client.invalidateQueries({ queryKey });
      throw error;
    } finally {
      setSaving((count) => count - 1);
    }
  }

  return {
    saving: saving > 0,
    /** The last change was refused, and the field still shows what was typed. */
    failed,
    forgetFailure: () => setFailed(false),
    settled: () => last.current.then(now),
    setLine: (lineId: string, changes: LineChange) =>
      change(({ lines }) => ({ lines: changedLines(lines, lineId, changes) })),
    removeLine: (lineId: string) =>
      change(({ lines }) => ({ lines: keptLines(lines.filter(({ id }) => id !== lineId)) })),
    addLine: (procedure: Procedure) =>
      change(({ lines }) => ({ lines: [...keptLines(lines), { procedure_id: procedure.id, quantity: 1 }] })),
    setNotes: (notes: string) => change(() => ({ notes: notes.trim() || null })),
  };
}

export type DraftInvoice = ReturnType<typeof useDraftInvoice>;
