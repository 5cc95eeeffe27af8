import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { Procedure } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { type Column, DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { SearchInput } from '@/ui/SearchInput';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, MoneyText } from '@/ui/texts';
import { CatalogueFiles, InactiveSwitch } from './CatalogueFiles';
import { CATEGORIES, categoryName } from './categories';
import classes from './clinic.module.css';

const ProcedureDrawer = lazy(() => import('./ProcedureDrawer'));

export default function ProceduresPage() {
  const { t } = useTranslation('clinic');
  const can = useCan();
  const editable = can('clinic.write') && can('billing.read');
  const navigate = useNavigate();
  const { q = '', category } = useSearch({ from: '/shell/settings/procedures' });
  const [everything, setEverything] = useState(false);
  const [edited, setEdited] = useState<Procedure | 'new' | null>(null);
  const query = { q, category, include_inactive: everything || undefined };
  const list = useList<Procedure>(['clinic', 'procedures', 'list'], '/procedures', query);
  const columns = useColumns(editable ? setEdited : null);
  const change = (next: { q?: string | undefined; category?: string | undefined }) =>
    void navigate({ to: '/settings/procedures', search: (now) => ({ ...now, ...next }), replace: true });
  return (
    <>
      <Card
        title={t('procedures.title')}
        actions={
          <>
            <CatalogueFiles path="/procedures" mayImport={editable} mayExport={can('billing.read')} />
            {editable && (
              <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
                {t('procedures.add')}
              </Button>
            )}
          </>
        }
      >
        <div className={classes.line}>
          <SearchInput
            value={q}
            onChange={(typed) => change({ q: typed.trim() || undefined })}
            label={t('catalogue.search')}
          />
          <Select
            aria-label={t('catalogue.category')}
            placeholder={t('catalogue.all')}
            value={category ?? null}
            onChange={(value) => change({ category: value ?? undefined })}
            data={CATEGORIES.map((value) => ({ value, label: categoryName(value) }))}
            clearable
          />
          <InactiveSwitch shown={everything} onChange={setEverything} />
        </div>
      </Card>
      <Card flush>
        <DataTable
          {...list}
          label={t('procedures.title')}
          columns={columns}
          rowKey={({ id }) => id}
          {...(editable ? { onOpen: setEdited } : {})}
          errorText={errorMessage(list.error)}
          empty={<EmptyState title={t('catalogue.noneFound')} hint={t('catalogue.noneFoundHint')} />}
        />
      </Card>
      <Suspense fallback={null}>
        {edited && (
          <ProcedureDrawer procedure={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        )}
      </Suspense>
    </>
  );
}

function useColumns(onEdit: ((procedure: Procedure) => void) | null): Column<Procedure>[] {
  const { t } = useTranslation('clinic');
  const can = useCan();
  const { name, number } = useFormat();
  return [
    {
      id: 'name',
      header: t('catalogue.name'),
      phone: 'title',
      cell: (row) => (
        <span>
          <button type="button" className={classes.name} disabled={!onEdit} onClick={() => onEdit?.(row)}>
            <bdi>{name(row)}</bdi>
          </button>
          <small className={classes.other}>
            <Code>{row.code}</Code>
          </small>
        </span>
      ),
    },
    { id: 'category', header: t('catalogue.category'), cell: (row) => categoryName(row.category) },
    { id: 'scope', header: t('catalogue.scope'), phone: 'hide', cell: (row) => t(`scope.${row.scope}`) },
    { id: 'minutes', header: t('catalogue.minutes'), align: 'end', cell: (row) => number(row.minutes) },
    ...(can('billing.read')
      ? [
          {
            id: 'price',
            header: t('catalogue.price'),
            align: 'end',
            cell: (row) => <MoneyText money={row.price} />,
          } satisfies Column<Procedure>,
        ]
      : []),
    {
      id: 'status',
      header: t('catalogue.status'),
      phone: 'hide',
      cell: ({ active }) => <StatusBadge status={active ? 'active' : 'inactive'} />,
    },
  ];
}
