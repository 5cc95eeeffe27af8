import { Button } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { Branch, Chair } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { DataTable } from '@/ui/DataTable';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { StatusBadge } from '@/ui/StatusBadge';
import classes from './clinic.module.css';
import type { EditedPlace } from './PlaceDialog';
import { branchesQuery, chairsQuery } from './queries';

const PlaceDialog = lazy(() => import('./PlaceDialog'));

export default function BranchesPage() {
  const { t } = useTranslation('clinic');
  const editable = useCan()('clinic.write');
  const branches = useQuery(branchesQuery);
  const chairs = useQuery(chairsQuery);
  const [edited, setEdited] = useState<EditedPlace | null>(null);
  const error = branches.error ?? chairs.error;
  const add = editable && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEdited({ kind: 'branch', place: null })}>
      {t('branches.add')}
    </Button>
  );
  if (error) {
    const retry = () => {
      void branches.refetch();
      void chairs.refetch();
    };
    return (
      <Card>
        <ErrorState message={errorMessage(error)} onRetry={retry} />
      </Card>
    );
  }
  if (!branches.data || !chairs.data) return <PageSkeleton />;
  return (
    <>
      <Card title={t('branches.title')} actions={add}>
        {branches.data.length === 0 && <EmptyState title={t('branches.empty')} action={add} />}
      </Card>
      {branches.data.map((branch) => (
        <BranchCard
          key={branch.id}
          branch={branch}
          chairs={(chairs.data ?? []).filter(({ branch_id }) => branch_id === branch.id)}
          onEdit={editable ? setEdited : null}
        />
      ))}
      <Suspense fallback={null}>
        {edited && <PlaceDialog edited={edited} onClose={() => setEdited(null)} />}
      </Suspense>
    </>
  );
}

interface BranchCardProps {
  branch: Branch;
  chairs: Chair[];
  onEdit: ((edited: EditedPlace) => void) | null;
}

function BranchCard({ branch, chairs, onEdit }: BranchCardProps) {
  const { t } = useTranslation(['clinic', 'common']);
  const { name, number, locale } = useFormat();
  const nextPosition = Math.max(0, ...chairs.map(({ position }) => position)) + 1;
  const edit = (place: Chair | null) => onEdit?.({ kind: 'chair', place, branchId: branch.id, nextPosition });
  return (
    <Card
      flush
      title={
        <span className={classes.line}>
          <bdi>{name(branch)}</bdi>
          {!branch.active && <StatusBadge status="inactive" />}
        </span>
      }
      actions={
        onEdit && (
          <>
            <Button
              variant="default"
              leftSection={<IconPencil size={16} />}
              aria-label={t('branches.editNamed', { name: name(branch) })}
              onClick={() => onEdit({ kind: 'branch', place: branch })}
            >
              {t('common:action.edit')}
            </Button>
            <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => edit(null)}>
              {t('branches.addChair')}
            </Button>
          </>
        )
      }
    >
      <DataTable
        label={t('branches.chairs')}
        items={chairs}
        rowKey={({ id }) => id}
        {...(onEdit ? { onOpen: edit } : {})}
        empty={<EmptyState title={t('branches.noChairs')} hint={t('branches.noChairsHint')} />}
        columns={[
          {
            id: 'name',
            header: t('branches.name'),
            phone: 'title',
            cell: (chair) => (
              <button type="button" className={classes.name} disabled={!onEdit} onClick={() => edit(chair)}>
                <bdi>{name(chair)}</bdi>
              </button>
            ),
          },
          {
            id: 'other',
            header: t('branches.other'),
            phone: 'hide',
            cell: (chair) => <bdi>{locale === 'ar' ? chair.name_en : chair.name_ar}</bdi>,
          },
          { id: 'position', header: t('branches.position'), cell: ({ position }) => number(position) },
          {
            id: 'features',
            header: t('branches.features'),
            phone: 'hide',
            cell: ({ features }) => features.map((one) => t(`branches.featureNames.${one}`)).join(' · '),
          },
          {
            id: 'status',
            header: t('branches.status'),
            cell: ({ active, out_of_service: out }) => (
              <>
                <StatusBadge status={active ? 'active' : 'inactive'} />
                {out && (
                  <small className={classes.other}>
                    <bdi>{t('branches.outShown', { reason: out.reason })}</bdi>
                  </small>
                )}
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
