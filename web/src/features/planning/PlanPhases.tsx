import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { PlanItem, TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { PlanItemRow } from './PlanItemRow';
import { PlanTotalsLine } from './PlanTotalsLine';
import css from './planning.module.css';
import { usePlanAction } from './usePlanAction';

const MOST_PHASES = 20;

export interface ItemMove {
  item: PlanItem;
  phase: number;
  /** From 0; at the end when it is not given. */
  position?: number;
}

/** The items phase by phase. An item is dragged to another place or phase, or moved there from its menu. */
export function PlanPhases({ plan, writes }: { plan: TreatmentPlan; writes: boolean }) {
  const { t } = useTranslation('planning');
  const { number } = useFormat();
  const [dragged, setDragged] = useState<PlanItem | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const move = usePlanAction(plan.patient_id, ({ item, phase, position }: ItemMove) =>
    api.patch<TreatmentPlan>(
      `/plan-items/${item.id}`,
      { phase, ...(position === undefined ? {} : { position }) },
      { version: item.version },
    ),
  );
  if (plan.items.length === 0) {
    return (
      <Card>
        <EmptyState title={t('items.empty')} hint={writes ? t('items.emptyHint') : undefined} />
      </Card>
    );
  }
  const numbers = plan.phases.map((phase) => phase.number);
  const last = Math.max(...numbers, 1);
  const shown =
    dragged && last < MOST_PHASES
      ? [...plan.phases, { number: last + 1, name: null, totals: null, open_minutes: 0 }]
      : plan.phases;
  const drop = (event: DragEvent, phase: number, position?: number) => {
    event.preventDefault();
    event.stopPropagation();
    setOver(null);
    setDragged(null);
    if (!dragged) return;
    const same = dragged.phase === phase;
    if (same && position === undefined) return;
    move.mutate({ item: dragged, phase, ...(position === undefined ? {} : { position }) });
  };
  const target = (key: string) => ({
    'data-over': over === key || undefined,
    onDragOver: (event: DragEvent) => {
      if (!dragged) return;
      event.preventDefault();
      event.stopPropagation();
      setOver(key);
    },
    onDragLeave: () => setOver((now) => (now === key ? null : now)),
  });
  return (
    <div className={css.phases} aria-busy={move.isPending}>
      {shown.map((phase) => {
        const items = plan.items.filter((item) => item.phase === phase.number);
        return (
          <section
            key={phase.number}
            className={css.phase}
            aria-label={phase.name ?? t('phase.title', { number: number(phase.number) })}
            {...target(`phase:${phase.number}`)}
            onDrop={(event) => drop(event, phase.number)}
          >
            <header className={css.phaseHead}>
              <h3>
                {t('phase.title', { number: number(phase.number) })}
                {phase.name && (
                  <>
                    {' · '}
                    <bdi>{phase.name}</bdi>
                  </>
                )}
              </h3>
              {phase.open_minutes > 0 && (
                <span className={css.quiet}>
                  {t('phase.minutes', { count: phase.open_minutes, minutes: number(phase.open_minutes) })}
                </span>
              )}
            </header>
            {items.length === 0 && <p className={css.quiet}>{t('phase.dropHere')}</p>}
            <ul className={css.items}>
              {items.map((item, at) => (
                <li
                  key={item.id}
                  draggable={writes && isOpen(item)}
                  onDragStart={(event) => {
                    event.dataTransfer.effectAllowed = 'move';
                    event.dataTransfer.setData('text/plain', item.id);
                    setDragged(item);
                  }}
                  onDragEnd={() => setDragged(null)}
                  data-dragged={dragged?.id === item.id || undefined}
                  {...target(item.id)}
                  onDrop={(event) => drop(event, phase.number, at)}
                >
                  <PlanItemRow
                    plan={plan}
                    item={item}
                    writes={writes}
                    place={{ first: at === 0, last: at === items.length - 1, phases: last }}
                    onMove={(phase, position) =>
                      move.mutate({ item, phase, ...(position === undefined ? {} : { position }) })
                    }
                    at={at}
                  />
                </li>
              ))}
            </ul>
            {plan.phases.length > 1 && <PlanTotalsLine totals={phase.totals ?? null} />}
          </section>
        );
      })}
    </div>
  );
}

export const isOpen = ({ status }: Pick<PlanItem, 'status'>) =>
  status === 'proposed' || status === 'accepted';
