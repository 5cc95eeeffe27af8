import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { RecallType } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { StatusBadge } from '@/ui/StatusBadge';
import { recallTypesQuery } from './queries';
import classes from './recalls.module.css';

const RecallTypeDrawer = lazy(() => import('./RecallTypeDrawer'));

/** Why patients come back after some months, and what work begins the months anew. */
export default function RecallTypesPage() {
  const { t } = useTranslation('recalls');
  const { name, minutes, number } = useFormat();
  const editable = useCan()('scheduling.set_up');
  const types = useQuery(recallTypesQuery);
  const [edited, setEdited] = useState<RecallType | 'new' | null>(null);
  const add = editable && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('add')}
    </Button>
  );
  return (
    <Card flush title={t('title')} actions={add}>
      <p className={classes.hint}>{t('hint')}</p>
      <DataTable
        label={t('title')}
        items={types.data}
        error={types.error}
        errorText={errorMessage(types.error)}
        retry={() => void types.refetch()}
        rowKey={({ id }) => id}
        {...(editable ? { onOpen: setEdited } : {})}
        empty={<EmptyState title={t('none')} hint={t('noneHint')} action={add} />}
        columns={[
          {
            id: 'name',
            header: t('name'),
            phone: 'title',
            cell: (type) =>
              editable ? (
                <button type="button" className={classes.name} onClick={() => setEdited(type)}>
                  <bdi>{name(type)}</bdi>
                </button>
              ) : (
                <bdi>{name(type)}</bdi>
              ),
          },
          {
            id: 'interval',
            header: t('interval'),
            cell: ({ interval_months }) => t('months.every', { count: interval_months }),
          },
          { id: 'minutes', header: t('minutes'), cell: (type) => minutes(type.minutes) },
          {
            id: 'triggers',
            header: t('triggers'),
            cell: ({ procedure_ids: ids }) =>
              ids.length > 0 ? (
                t('triggerCount', { count: ids.length, number: number(ids.length) })
              ) : (
                <span className={classes.quiet}>{t('noTriggers')}</span>
              ),
          },
          {
            id: 'status',
            header: t('status'),
            cell: ({ active }) => <StatusBadge status={active ? 'active' : 'inactive'} />,
          },
        ]}
      />
      <Suspense fallback={null}>
        {edited && (
          <RecallTypeDrawer type={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
        )}
      </Suspense>
    </Card>
  );
}
