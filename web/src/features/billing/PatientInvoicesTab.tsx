import { Button } from '@mantine/core';
import { IconCash, IconPlus, IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { Invoice, PatientBalance, Payment } from '@/api/types';
import { isZeroMoney } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { NotYourRole } from '@/ui/NotYourRole';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, DateText, DateTimeText, MoneyText } from '@/ui/texts';
import classes from './PatientInvoicesTab.module.css';
import { TakePaymentButton } from './TakePaymentButton';

const NewInvoiceDialog = lazy(() => import('./NewInvoiceDialog'));

export default function PatientInvoicesTab() {
  const can = useCan();
  const { patientId = '' } = useParams({ strict: false });
  if (!can('billing.read')) {
    return <NotYourRole />;
  }
  return (
    <div className={classes.page}>
      <BalanceCard patientId={patientId} />
      <InvoicesCard patientId={patientId} />
      <PaymentsCard patientId={patientId} />
    </div>
  );
}

function BalanceCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation('patients');
  const balance = useQuery({
    queryKey: ['patients', patientId, 'balance'],
    queryFn: ({ signal }) => api.get<PatientBalance>(`/patients/${patientId}/balance`, { signal }),
  });
  if (!balance.data) {
    return (
      <Card>
        {balance.error ? (
          <ErrorState message={errorMessage(balance.error)} onRetry={() => void balance.refetch()} />
        ) : (
          <ListSkeleton rows={1} />
        )}
      </Card>
    );
  }
  return (
    <dl className={classes.balance}>
      <div>
        <dt>{t('invoices.due')}</dt>
        <dd>
          <MoneyText money={balance.data.due} debt />
        </dd>
      </div>
      <div>
        <dt>{t('invoices.credit')}</dt>
        <dd>
          <MoneyText money={balance.data.credit} />
        </dd>
      </div>
      <div>
        <dt>{t('invoices.balance')}</dt>
        <dd>
          <MoneyText money={balance.data.balance} debt />
        </dd>
      </div>
    </dl>
  );
}

const isOpen = (invoice: Invoice) =>
  (invoice.status === 'issued' || invoice.status === 'part_paid') && !isZeroMoney(invoice.balance);

function InvoicesCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation('patients');
  const can = useCan();
  const navigate = useNavigate();
  const list = useList<Invoice>(['patients', patientId, 'invoices'], `/patients/${patientId}/invoices`);
  const columns = useInvoiceColumns();
  const action = can('billing.write') && <NewInvoiceButton patientId={patientId} />;
  return (
    <Card flush title={t('invoices.title')} actions={list.items?.length ? action : null}>
      <DataTable
        {...list}
        label={t('invoices.title')}
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate({ to: '/invoices/$invoiceId', params: { invoiceId: id } })}
        errorText={errorMessage(list.error)}
        empty={
          <EmptyState
            icon={<IconReceipt size={26} stroke={1.6} />}
            title={t('invoices.empty')}
            hint={t('invoices.emptyHint')}
            action={action}
          />
        }
      />
    </Card>
  );
}

function useInvoiceColumns(): Column<Invoice>[] {
  const { t } = useTranslation('patients');
  const can = useCan();
  return [
    {
      id: 'number',
      header: t('invoices.number'),
      phone: 'title',
      cell: ({ id, number }) => (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: id }}>
          {number ? <Code>{number}</Code> : t('invoices.draft')}
        </Link>
      ),
    },
    {
      id: 'date',
      header: t('invoices.date'),
      cell: (invoice) => <DateText value={invoice.issued_on ?? invoice.created_at} />,
    },
    { id: 'status', header: t('invoices.status'), cell: ({ status }) => <StatusBadge status={status} /> },
    {
      id: 'total',
      header: t('invoices.total'),
      align: 'end',
      cell: ({ total }) => <MoneyText money={total} />,
    },
    { id: 'paid', header: t('invoices.paid'), align: 'end', cell: ({ paid }) => <MoneyText money={paid} /> },
    {
      id: 'left',
      header: t('invoices.left'),
      align: 'end',
      cell: (invoice) => <MoneyText money={invoice.balance} debt={isOpen(invoice)} />,
    },
    {
      id: 'pay',
      header: '',
      align: 'end',
      cell: (invoice) => can('billing.take_payment') && <TakePaymentButton invoice={invoice} compact />,
    },
  ];
}

/** Asks for the first line, makes the draft with it and goes to its page. */
function NewInvoiceButton({ patientId }: { patientId: string }) {
  const { t } = useTranslation('patients');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button leftSection={<IconPlus size={18} />} onClick={() => setAsking(true)}>
        {t('invoices.new')}
      </Button>
      <Suspense fallback={null}>
        {asking && <NewInvoiceDialog patientId={patientId} onClose={() => setAsking(false)} />}
      </Suspense>
    </>
  );
}

function PaymentsCard({ patientId }: { patientId: string }) {
  const { t } = useTranslation('patients');
  const list = useList<Payment>(['patients', patientId, 'payments'], `/patients/${patientId}/payments`);
  const columns = usePaymentColumns();
  return (
    <Card flush title={t('invoices.payments')}>
      <DataTable
        {...list}
        label={t('invoices.payments')}
        columns={columns}
        rowKey={({ id }) => id}
        errorText={errorMessage(list.error)}
        empty={
          <EmptyState
            icon={<IconCash size={26} stroke={1.6} />}
            title={t('invoices.noPayments')}
            hint={t('invoices.noPaymentsHint')}
          />
        }
      />
    </Card>
  );
}

function usePaymentColumns(): Column<Payment>[] {
  const { t } = useTranslation('patients');
  const { locale } = useFormat();
  return [
    {
      id: 'receipt',
      header: t('invoices.receipt'),
      phone: 'title',
      cell: ({ id, number }) => (
        <a href={`/api/v1/payments/${id}/pdf?lang=${locale}`} target="_blank" rel="noreferrer">
          <Code>{number}</Code>
        </a>
      ),
    },
    {
      id: 'date',
      header: t('invoices.date'),
      cell: (payment) => <DateTimeText value={payment.received_at} />,
    },
    {
      id: 'method',
      header: t('invoices.method'),
      cell: ({ method }) => t(`invoices.methods.${method}`),
    },
    {
      id: 'for',
      header: t('invoices.for'),
      cell: ({ allocations }) =>
        allocations.map((allocation) => (
          <div key={allocation.invoice_id}>
            <Link to="/invoices/$invoiceId" params={{ invoiceId: allocation.invoice_id }}>
              <Code>{allocation.invoice_number}</Code>
            </Link>
          </div>
        )),
    },
    {
      id: 'amount',
      header: t('invoices.amount'),
      align: 'end',
      cell: ({ amount }) => <MoneyText money={amount} />,
    },
    {
      id: 'refunded',
      header: t('invoices.refunded'),
      align: 'end',
      cell: ({ refunded }) => (isZeroMoney(refunded) ? null : <MoneyText money={refunded} />),
    },
  ];
}
