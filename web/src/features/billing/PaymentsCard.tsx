import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useSession } from '@/api/session';
import type { Invoice, Payment } from '@/api/types';
import { compareAmounts, isZeroMoney } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { Code, DateTimeText, MoneyText } from '@/ui/texts';
import classes from './billing.module.css';
import { PrintMenu } from './PrintMenu';
import { invoicePaymentsQuery } from './queries';

const RefundDialog = lazy(() => import('./RefundDialog'));

/** What was paid on this invoice, with receipts and refunds. */
export function PaymentsCard({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('billing');
  const payments = useQuery(invoicePaymentsQuery(invoice));
  const [refunding, setRefunding] = useState<Payment | null>(null);
  const columns = usePaymentColumns(invoice, setRefunding);
  return (
    <Card flush title={t('payments.title')}>
      <DataTable
        label={t('payments.title')}
        columns={columns}
        items={payments.data}
        rowKey={({ id }) => id}
        error={payments.error}
        errorText={errorMessage(payments.error)}
        retry={() => void payments.refetch()}
        empty={
          <EmptyState
            icon={<IconCash size={26} stroke={1.6} />}
            title={t('payments.empty')}
            hint={t('payments.emptyHint')}
          />
        }
      />
      <Suspense fallback={null}>
        {refunding && <RefundDialog payment={refunding} onClose={() => setRefunding(null)} />}
      </Suspense>
    </Card>
  );
}

function usePaymentColumns(invoice: Invoice, onRefund: (payment: Payment) => void): Column<Payment>[] {
  const { t } = useTranslation('billing');
  const { name } = useFormat();
  const { clinic } = useSession();
  const mayRefund = useCan()('billing.refund');
  const spent = (payment: Payment) =>
    compareAmounts(payment.refunded.amount, payment.amount.amount, clinic.currency_exponent) >= 0;
  return [
    {
      id: 'receipt',
      header: t('payments.receipt'),
      phone: 'title',
      cell: ({ number }) => <Code>{number}</Code>,
    },
    {
      id: 'when',
      header: t('payments.when'),
      cell: (payment) => (
        <span className={classes.stacked}>
          <DateTimeText value={payment.received_at} />
          <small className={classes.quiet}>
            <bdi>{name(payment.received_by)}</bdi>
          </small>
        </span>
      ),
    },
    {
      id: 'method',
      header: t('payments.method'),
      cell: ({ method, reference }) => (
        <span className={classes.stacked}>
          {t(`method.${method}`)}
          {reference && (
            <small className={classes.quiet}>
              <bdi>{reference}</bdi>
            </small>
          )}
        </span>
      ),
    },
    {
      id: 'amount',
      header: t('payments.here'),
      align: 'end',
      cell: ({ allocations }) => (
        <MoneyText money={allocations.find(({ invoice_id }) => invoice_id === invoice.id)?.amount} />
      ),
    },
    {
      id: 'refunded',
      header: t('payments.refunded'),
      align: 'end',
      cell: ({ refunded, refunds }) =>
        isZeroMoney(refunded) ? (
          '—'
        ) : (
          <span className={classes.stacked}>
            <MoneyText money={refunded} />
            {refunds.map((refund) => (
              <small key={refund.id} className={classes.quiet}>
                <Code>{refund.number}</Code> · <bdi>{refund.reason}</bdi>
              </small>
            ))}
          </span>
        ),
    },
    {
      id: 'actions',
      header: '',
      align: 'end',
      cell: (payment) => (
        <span className={classes.rowActions}>
          <PrintMenu compact path={`/payments/${payment.id}/pdf`} label={t('payments.print')} />
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            leftSection={<IconArrowBackUp size={16} />}
            disabled={!mayRefund || spent(payment)}
            title={!mayRefund ? t('refund.notAllowed') : spent(payment) ? t('refund.nothingLeft') : undefined}
            onClick={() => onRefund(payment)}
          >
            {t('refund.button')}
          </Button>
        </span>
      ),
    },
  ];
}
