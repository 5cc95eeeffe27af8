import { Button } from '@mantine/core';
import { IconAlertTriangleFilled, IconUserPlus, IconUserSearch, IconUsers } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { PatientItem } from '@/api/types';
import { isZeroMoney } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card, PageBody } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { PageHeader } from '@/ui/PageHeader';
import { SearchInput } from '@/ui/SearchInput';
import { Code, DateText, DateTimeText, MoneyText, Phone } from '@/ui/texts';
import { PatientAvatar } from './PatientAvatar';
import classes from './patients.module.css';

const RegistrationDrawer = lazy(() => import('./RegistrationDrawer'));

export default function PatientListPage() {
  const { t } = useTranslation(['patients', 'common']);
  const can = useCan();
  const navigate = useNavigate();
  const { q = '', new: registering } = useSearch({ from: '/shell/patients' });
  const list = useList<PatientItem>(['patients', 'list'], '/patients', { q });
  const columns = useColumns();
  const registers = can('patients.write');

  const search = (typed: string) =>
    void navigate({
      to: '/patients',
      search: (now) => ({ ...now, q: typed.trim() || undefined }),
      replace: true,
    });
  const showForm = (shown: boolean) =>
    void navigate({
      to: '/patients',
      search: (now) => ({ ...now, new: shown || undefined }),
      replace: !shown,
    });
  const registerButton = (label: string) =>
    registers && (
      <Button leftSection={<IconUserPlus size={18} />} onClick={() => showForm(true)}>
        {label}
      </Button>
    );

  return (
    <>
      <PageHeader title={t('list.title')} actions={registerButton(t('list.register'))}>
        <SearchInput
          value={q}
          onChange={search}
          label={t('list.search')}
          placeholder={t('common:patient.search')}
        />
      </PageHeader>
      <PageBody>
        <Card flush>
          <DataTable
            {...list}
            label={t('list.title')}
            columns={columns}
            rowKey={({ id }) => id}
            onOpen={({ id }) => void navigate({ to: '/patients/$patientId', params: { patientId: id } })}
            errorText={errorMessage(list.error)}
            empty={
              q ? (
                <EmptyState
                  icon={<IconUserSearch size={26} stroke={1.6} />}
                  title={t('list.noneFound', { query: q })}
                  hint={t('list.noneFoundHint')}
                  action={registerButton(t('list.registerTyped', { query: q }))}
                />
              ) : (
                <EmptyState
                  icon={<IconUsers size={26} stroke={1.6} />}
                  title={t('list.empty')}
                  hint={t('list.emptyHint')}
                  action={registerButton(t('list.register'))}
                />
              )
            }
          />
        </Card>
      </PageBody>
      {registering && registers && (
        <Suspense fallback={null}>
          <RegistrationDrawer typed={list.items?.length === 0 ? q : ''} onClose={() => showForm(false)} />
        </Suspense>
      )}
    </>
  );
}

function useColumns(): Column<PatientItem>[] {
  const { t } = useTranslation('patients');
  const can = useCan();
  const { age } = useFormat();
  return [
    { id: 'name', header: t('list.name'), phone: 'title', cell: (row) => <PatientName row={row} /> },
    { id: 'file', header: t('list.file'), cell: (row) => <Code>{row.file_number}</Code> },
    {
      id: 'age',
      header: t('list.age'),
      phone: 'hide',
      cell: (row) =>
        [row.birth_date && age(row.birth_date), row.sex !== 'unknown' && t(`sex.${row.sex}`)]
          .filter(Boolean)
          .join(t('listSeparator')),
    },
    { id: 'phone', header: t('list.phone'), cell: (row) => <ListedPhone number={row.phone} /> },
    {
      id: 'last',
      header: t('list.lastVisit'),
      phone: 'hide',
      cell: (row) => <DateText value={row.last_visit_on} />,
    },
    {
      id: 'next',
      header: t('list.nextAppointment'),
      cell: (row) => <DateTimeText value={row.next_appointment_at} />,
    },
    ...(can('billing.read')
      ? [
          {
            id: 'balance',
            header: t('list.balance'),
            align: 'end',
            cell: (row) => <ListedBalance balance={row.balance} />,
          } satisfies Column<PatientItem>,
        ]
      : []),
  ];
}

function ListedPhone({ number }: { number: PatientItem['phone'] }) {
  return (
    <span className={classes.quietLink}>
      <Phone number={number} link />
    </span>
  );
}

/** Most patients owe nothing, and that should not catch the eye. */
function ListedBalance({ balance }: { balance: PatientItem['balance'] }) {
  if (balance && !isZeroMoney(balance)) return <MoneyText money={balance} debt />;
  return (
    <span className={classes.nothing}>
      <MoneyText money={balance} />
    </span>
  );
}

function PatientName({ row }: { row: PatientItem }) {
  const { t } = useTranslation('patients');
  const { name, locale } = useFormat();
  const other = locale === 'ar' ? row.name_en : row.name_ar;
  return (
    <span className={classes.rowName}>
      <PatientAvatar person={row} />
      <span>
        <Link to="/patients/$patientId" params={{ patientId: row.id }} className={classes.plainLink}>
          <bdi>{name(row)}</bdi>
        </Link>
        {other && other !== name(row) && (
          <small className={classes.otherName}>
            <bdi>{other}</bdi>
          </small>
        )}
      </span>
      {row.has_alerts && (
        <IconAlertTriangleFilled
          size={15}
          className={classes.alert}
          role="img"
          aria-label={t('list.hasAlerts')}
        />
      )}
    </span>
  );
}
