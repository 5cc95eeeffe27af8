import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { TreatmentPlan } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { NewPlanDialog } from './NewPlanDialog';
import { PlanChoice } from './PlanChoice';
import { PlanView } from './PlanView';
import css from './planning.module.css';

/** A patient's treatment plans: one of them open, the others beside it. */
export default function PatientPlansTab() {
  const { t } = useTranslation('planning');
  const { patientId } = useParams({ from: '/shell/patients/$patientId/plans' });
  const search = useSearch({ from: '/shell/patients/$patientId/plans' });
  const navigate = useNavigate();
  const may = useCan()('planning.write');
  const [making, setMaking] = useState(false);
  const list = useList<TreatmentPlan>(['plans', patientId, 'list'], `/patients/${patientId}/plans`, {
    limit: 100,
  });
  const open = (plan: string) =>
    void navigate({
      to: '/patients/$patientId/plans',
      params: { patientId },
      search: { plan },
      replace: true,
    });
  const { items } = list;
  const alive = items?.find(({ status }) => status !== 'declined' && status !== 'withdrawn');
  const shown = items?.find(({ id }) => id === search.plan) ?? alive ?? items?.[0];
  const start = may && (
    <Button size="xs" leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>
      {t('new.button')}
    </Button>
  );
  if (list.error && !items) {
    return (
      <Card>
        <ErrorState title={t('failed')} message={errorMessage(list.error)} onRetry={list.retry} />
      </Card>
    );
  }
  if (!items) return <PageSkeleton />;
  return (
    <div className={css.page}>
      {items.length === 0 ? (
        <Card>
          <EmptyState title={t('empty')} hint={t('emptyHint')} action={start} />
        </Card>
      ) : (
        <PlanChoice plans={items} shown={shown?.id} onOpen={open} action={start} />
      )}
      {shown && <PlanView key={shown.id} plan={shown} />}
      {making && (
        <NewPlanDialog
          patientId={patientId}
          onMade={({ id }) => {
            setMaking(false);
            open(id);
          }}
          onClose={() => setMaking(false)}
        />
      )}
    </div>
  );
}
