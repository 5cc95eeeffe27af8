import { Alert, Button, Textarea } from '@mantine/core';
import { IconAlertTriangle, IconFileCheck, IconTrash } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, isApiError } from '@/api/errors';
import type { Invoice } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { useConfirm } from '@/ui/confirm';
import { toast } from '@/ui/toast';
import classes from './billing.module.css';
import { DraftLines } from './DraftLines';
import { invoiceQuery, refreshMoney } from './queries';
import { TotalsCard } from './TotalsCard';
import { type DraftInvoice, useDraftInvoice } from './useDraftInvoice';

const MAX_NOTES = 2000;

/** A draft: lines can still change, it has no number and owes nothing yet. */
export function DraftView({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('billing');
  const can = useCan();
  const draft = useDraftInvoice(invoice);
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        <DraftLines invoice={invoice} draft={draft} />
        <Card title={t('notes.title')}>
          <DraftNotes invoice={invoice} draft={draft} editable={can('billing.write')} />
        </Card>
      </div>
      <div className={classes.side}>
        <TotalsCard invoice={invoice} stale={draft.saving}>
          <IssueButton invoice={invoice} draft={draft} />
          <DeleteButton invoice={invoice} />
        </TotalsCard>
        <p className={classes.sideNote}>{t('draft.explain')}</p>
      </div>
    </div>
  );
}

function DraftNotes(props: { invoice: Invoice; draft: DraftInvoice; editable: boolean }) {
  const { invoice, draft, editable } = props;
  const { t } = useTranslation('billing');
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const commit = async () => {
    if (typed === null) return;
    if (typed.trim() === (invoice.notes ?? '')) {
      setTyped(null);
      return;
    }
    try {
      await draft.setNotes(typed);
      setTyped(null);
      setError(null);
    } catch (failure) {
      setError(errorMessage(failure));
    }
  };
  return (
    <Textarea
      aria-label={t('notes.title')}
      placeholder={t('notes.placeholder')}
      value={typed ?? invoice.notes ?? ''}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={() => void commit()}
      error={error}
      disabled={!editable}
      maxLength={MAX_NOTES}
      autosize
      minRows={2}
    />
  );
}

function IssueButton({ invoice, draft }: { invoice: Invoice; draft: DraftInvoice }) {
  const { t } = useTranslation('billing');
  const { money, name } = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const confirm = useConfirm();
  const { queryKey } = invoiceQuery(invoice.id);
  const issue = useAction(
    (version: number, act) =>
      api.post<Invoice>(`/invoices/${invoice.id}/issue`, undefined, { ...act, version }),
    {
      onSuccess: (issued) => {
        client.setQueryData(queryKey, issued);
        toast.done(t('issue.done', { number: issued.number }));
        return refreshMoney(client, invoice.patient_id);
      },
      onError: (error) => {
        toast.failed(errorMessage(error));
        if (isApiError(error)) void client.invalidateQueries({ queryKey });
      },
    },
  );
  const reason = !can('billing.issue')
    ? t('issue.notAllowed')
    : invoice.lines.length === 0
      ? t('issue.noLines')
      : draft.failed
        ? t('issue.unsaved')
        : undefined;
  const ask = async () => {
    // A field left by this very click is still on its way: the sums to confirm are those after it.
    const now = await draft.settled();
    const yes = await confirm({
      title: t('issue.title', { amount: money(now.total) }),
      body: t('issue.body', { patient: name(now.patient) }),
      confirmLabel: t('issue.confirm'),
    });
    if (yes) issue.mutate((await draft.settled()).version);
  };
  return (
    <>
      {draft.failed && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert">
          {t('issue.unsaved')}
        </Alert>
      )}
      <Button
        fullWidth
        leftSection={<IconFileCheck size={18} />}
        loading={issue.isPending}
        disabled={reason !== undefined}
        title={reason}
        onClick={() => void ask()}
      >
        {t('issue.button')}
      </Button>
      {reason && !draft.failed && <p className={classes.reason}>{reason}</p>}
    </>
  );
}

function DeleteButton({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('billing');
  const can = useCan();
  const client = useQueryClient();
  const confirm = useConfirm();
  const navigate = useNavigate();
  const remove = useAction((_: undefined, act) => api.delete(`/invoices/${invoice.id}`, act), {
    onSuccess: async () => {
      toast.done(t('draft.deleted'));
      await navigate({ to: '/invoices' });
      client.removeQueries({ queryKey: invoiceQuery(invoice.id).queryKey });
      return refreshMoney(client, invoice.patient_id);
    },
    onError: (error) => toast.failed(errorMessage(error)),
  });
  const ask = async () => {
    const yes = await confirm({
      title: t('draft.deleteTitle'),
      body: t('draft.deleteBody'),
      confirmLabel: t('draft.deleteConfirm'),
      danger: true,
    });
    if (yes) remove.mutate(undefined);
  };
  return (
    <Button
      fullWidth
      variant="subtle"
      color="red"
      leftSection={<IconTrash size={17} />}
      loading={remove.isPending}
      disabled={!can('billing.write')}
      title={can('billing.write') ? undefined : t('draft.notAllowed')}
      onClick={() => void ask()}
    >
      {t('draft.delete')}
    </Button>
  );
}
