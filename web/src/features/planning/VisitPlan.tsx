import { Button } from '@mantine/core';
import { IconCheck, IconClockPlay } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { PlanItem, TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { Place } from '@/ui/Place';
import { StatusBadge } from '@/ui/StatusBadge';
import type { VisitPlanProps } from '@/ui/slots';
import { Code, MoneyText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { isOpen } from './PlanPhases';
import css from './planning.module.css';
import { usePlanAction } from './usePlanAction';

interface Done {
  item: PlanItem;
  /** A sitting of several, or the whole. */
  how: 'complete' | 'sessions';
}

/** Planned work inside a visit: what is done here is done on the chart, in the visit and in the plan at once. */
export default function VisitPlan({ patientId, visitId, readOnly }: VisitPlanProps) {
  const { t } = useTranslation('planning');
  const { name, number } = useFormat();
  const client = useQueryClient();
  const list = useList<TreatmentPlan>(['plans', patientId, 'list'], `/patients/${patientId}/plans`, {
    limit: 100,
  });
  const done = usePlanAction(
    patientId,
    ({ item, how }: Done, act) =>
      api.post<unknown>(`/plan-items/${item.id}/${how}`, { visit_id: visitId }, act),
    () => {
      void client.invalidateQueries({ queryKey: ['visits', visitId] });
      void client.invalidateQueries({ queryKey: ['patients', patientId] });
      toast.done(t('visit.done'));
    },
  );
  if (list.error && !list.items) {
    return (
      <Card title={t('visit.title')}>
        <ErrorState message={errorMessage(list.error)} onRetry={list.retry} />
      </Card>
    );
  }
  const plans = (list.items ?? []).filter(({ status }) => status !== 'declined' && status !== 'withdrawn');
  const leading = plans.filter(
    (plan) => plan.status === 'accepted' || !plan.options.some(({ status }) => status === 'accepted'),
  );
  const open = leading.flatMap((plan) => plan.items.filter(isOpen).map((item) => ({ plan, item })));
  if (open.length === 0) return null;
  return (
    <Card title={t('visit.title')}>
      <ul className={css.visitItems}>
        {open.map(({ plan, item }) => {
          const busy = done.isPending && done.variables?.item.id === item.id;
          const last = item.sessions_done + 1 >= item.sessions;
          return (
            <li key={item.id}>
              <div className={css.itemText}>
                <span className={css.itemTitle}>
                  <bdi>{name(item)}</bdi>
                  {item.tooth && <Place tooth={item.tooth} surfaces={item.surfaces} />}
                  {item.unit && <Code>{item.unit.map(({ tooth }) => tooth).join('–')}</Code>}
                </span>
                <span className={css.itemMeta}>
                  <StatusBadge status={item.status} />
                  <bdi>{plan.name}</bdi>
                  {item.sessions > 1 && (
                    <span>
                      {t('items.sessions', { done: number(item.sessions_done), all: number(item.sessions) })}
                    </span>
                  )}
                  {item.tooth_missing && <span className={css.invalid}>{t('items.toothMissing')}</span>}
                </span>
              </div>
              {item.totals && (
                <span className={css.price}>
                  <MoneyText money={item.totals.total} />
                </span>
              )}
              {!readOnly && (
                <span className={css.itemActions}>
                  {item.sessions > 1 && !last && (
                    <Button
                      size="xs"
                      variant="default"
                      leftSection={<IconClockPlay size={15} />}
                      loading={busy && done.variables?.how === 'sessions'}
                      onClick={() => done.mutate({ item, how: 'sessions' })}
                    >
                      {t('visit.session')}
                    </Button>
                  )}
                  <Button
                    size="xs"
                    variant={last ? 'filled' : 'default'}
                    leftSection={<IconCheck size={15} />}
                    loading={busy && done.variables?.how === 'complete'}
                    disabled={item.tooth_missing}
                    aria-label={t('visit.completeItem', { what: name(item) })}
                    onClick={() => done.mutate({ item, how: 'complete' })}
                  >
                    {t('visit.complete')}
                  </Button>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
