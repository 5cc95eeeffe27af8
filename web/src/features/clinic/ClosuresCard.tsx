import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { Closure } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import classes from './clinic.module.css';
import type { HoursOwner } from './HoursPage';

const ClosureDialog = lazy(() => import('./ClosureDialog'));

/** Holidays, leave and other hours of certain dates, from today on. */
export function ClosuresCard({ owner }: { owner: HoursOwner }) {
  const { t } = useTranslation('clinic');
  const { name, date, today } = useFormat();
  const editable = useCan()('clinic.write');
  const [edited, setEdited] = useState<Closure | 'new' | null>(null);
  const list = useList<Closure>(['clinic', 'closures', owner.id], '/closures', {
    from: today(),
    [owner.kind === 'staff' ? 'staff_id' : 'branch_id']: owner.id,
  });
  const add = editable && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited('new')}>
      {t('closures.add')}
    </Button>
  );
  const title = owner.kind === 'staff' ? t('closures.titleStaff') : t('closures.titleBranch');
  return (
    <Card flush title={title} actions={add}>
      <DataTable
        {...list}
        label={title}
        rowKey={({ id }) => id}
        {...(editable ? { onOpen: setEdited } : {})}
        errorText={errorMessage(list.error)}
        empty={<EmptyState title={t('closures.none')} hint={t('closures.noneHint')} />}
        columns={[
          {
            id: 'name',
            header: t('branches.name'),
            phone: 'title',
            cell: (row) => (
              <button
                type="button"
                className={classes.name}
                disabled={!editable}
                onClick={() => setEdited(row)}
              >
                <bdi>{name(row)}</bdi>
              </button>
            ),
          },
          { id: 'kind', header: t('closures.kind'), cell: (row) => t(`closures.kinds.${row.kind}`) },
          {
            id: 'days',
            header: t('closures.days'),
            cell: (row) =>
              row.starts_on === row.ends_on
                ? date(row.starts_on)
                : t('closures.span', { from: date(row.starts_on), to: date(row.ends_on) }),
          },
          ...(owner.kind === 'branch'
            ? [
                {
                  id: 'everybody',
                  header: t('closures.for'),
                  cell: (row: Closure) => (row.everybody ? t('closures.forAll') : t('closures.forBranch')),
                },
              ]
            : []),
        ]}
      />
      <Suspense fallback={null}>
        {edited && (
          <ClosureDialog
            owner={owner}
            closure={edited === 'new' ? null : edited}
            onClose={() => setEdited(null)}
          />
        )}
      </Suspense>
    </Card>
  );
}
