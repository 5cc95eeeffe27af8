import { Button, Select } from '@mantine/core';
import { IconFileSearch, IconReceipt } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { Invoice, InvoiceStatus } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card, PageBody } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { DateField } from '@/ui/dates';
import { EmptyState } from '@/ui/EmptyState';
import { NotYourRole } from '@/ui/NotYourRole';
import { PageHeader } from '@/ui/PageHeader';
import { SearchInput } from '@/ui/SearchInput';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, DateText, MoneyText } from '@/ui/texts';
import classes from './billing.module.css';
import { TakePaymentButton } from './TakePaymentButton';

const STATUSES: readonly InvoiceStatus[] = ['draft', 'issued', 'part_paid', 'paid'];

export default function InvoiceListPage() {
  const can = useCan();
  if (!can('billing.read')) {
    return <NotYourRole />;
  }
  return <InvoiceList />;
}

function InvoiceList() {
  const { t } = useTranslation(['billing', 'common']);
  const navigate = useNavigate();
  const filters = useSearch({ from: '/shell/invoices' });
  const list = useList<Invoice>(['invoices', 'list'], '/invoices', { ...filters });
  const columns = useColumns();
  const filtered = Object.values(filters).some((value) => value !== undefined);
  const set = (change: Partial<typeof filters>) =>
    void navigate({ to: '/invoices', search: (now) => ({ ...now, ...change }), replace: true });
  const clear = () => void navigate({ to: '/invoices', search: {}, replace: true });
  return (
    <>
      <PageHeader title={t('list.title')}>
        <SearchInput
          value={filters.q ?? ''}
          onChange={(typed) => set({ q: typed.trim() || undefined })}
          label={t('list.search')}
        />
        <Select
          label={t('list.status')}
          placeholder={t('list.anyStatus')}
          data={STATUSES.map((value) => ({ value, label: t(`common:status.${value}`) }))}
          value={filters.status ?? null}
          onChange={(chosen) => set({ status: STATUSES.find((one) => one === chosen) })}
          clearable
          className={`${classes.filter} ${classes.wide}`}
        />
        <div className={classes.filter}>
          <DateField
            label={t('list.from')}
            value={filters.from ?? null}
            onChange={(from) => set({ from: from ?? undefined })}
            {...(filters.to ? { maxDate: filters.to } : {})}
          />
        </div>
        <div className={classes.filter}>
          <DateField
            label={t('list.to')}
            value={filters.to ?? null}
            onChange={(to) => set({ to: to ?? undefined })}
            {...(filters.from ? { minDate: filters.from } : {})}
          />
        </div>
        {filtered && (
          <Button variant="subtle" onClick={clear}>
            {t('list.clear')}
          </Button>
        )}
      </PageHeader>
      <PageBody>
        <Card flush>
          <DataTable
            {...list}
            label={t('list.title')}
            columns={columns}
            rowKey={({ id }) => id}
            onOpen={({ id }) => void navigate({ to: '/invoices/$invoiceId', params: { invoiceId: id } })}
            errorText={errorMessage(list.error)}
            empty={
              filtered ? (
                <EmptyState
                  icon={<IconFileSearch size={26} stroke={1.6} />}
                  title={t('list.noneFound')}
                  hint={t('list.noneFoundHint')}
                  action={
                    <Button variant="default" onClick={clear}>
                      {t('list.clear')}
                    </Button>
                  }
                />
              ) : (
                <EmptyState
                  icon={<IconReceipt size={26} stroke={1.6} />}
                  title={t('list.empty')}
                  hint={t('list.emptyHint')}
                />
              )
            }
          />
        </Card>
      </PageBody>
    </>
  );
}

function useColumns(): Column<Invoice>[] {
  const { t } = useTranslation(['billing', 'common']);
  const { name } = useFormat();
  const can = useCan();
  return [
    {
      id: 'number',
      header: t('list.number'),
      phone: 'title',
      cell: ({ id, number }) => (
        <Link to="/invoices/$invoiceId" params={{ invoiceId: id }}>
          {number ? <Code>{number}</Code> : t('list.draft')}
        </Link>
      ),
    },
    {
      id: 'patient',
      header: t('list.patient'),
      cell: ({ patient, patient_id }) => (
        <span className={classes.stacked}>
          <Link to="/patients/$patientId" params={{ patientId: patient_id }} className={classes.plainLink}>
            <bdi>{name(patient)}</bdi>
          </Link>
          <small className={classes.quiet}>
            <Code>{patient.file_number}</Code>
          </small>
        </span>
      ),
    },
    {
      id: 'date',
      header: t('list.date'),
      cell: ({ issued_on, created_at }) => <DateText value={issued_on ?? created_at} />,
    },
    { id: 'status', header: t('list.status'), cell: ({ status }) => <StatusBadge status={status} /> },
    { id: 'total', header: t('list.total'), align: 'end', cell: ({ total }) => <MoneyText money={total} /> },
    {
      id: 'balance',
      header: t('list.balance'),
      align: 'end',
      // A draft owes nothing yet.
      cell: ({ balance, status }) => <MoneyText money={status === 'draft' ? null : balance} debt />,
    },
    ...(can('billing.take_payment')
      ? [
          {
            id: 'pay',
            header: '',
            align: 'end',
            cell: (invoice) => <TakePaymentButton invoice={invoice} compact />,
          } satisfies Column<Invoice>,
        ]
      : []),
  ];
}
