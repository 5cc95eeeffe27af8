import { Button, Menu } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconPencil,
  IconPresentation,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { PrintMenu } from '@/ui/PrintMenu';
import { AddItem } from './AddItem';
import { AnswerNote } from './AnswerNote';
import { EditPlanDialog } from './EditPlanDialog';
import { NewPlanDialog } from './NewPlanDialog';
import { PlanBadges } from './PlanBadges';
import { PlanPhases } from './PlanPhases';
import { PlanTotalsLine } from './PlanTotalsLine';
import css from './planning.module.css';
import { Suggestions } from './Suggestions';
import { usePlanAction } from './usePlanAction';
import { WithdrawDialog } from './WithdrawDialog';

type Dialog = 'edit' | 'alternative' | 'withdraw' | null;

/** One plan: what is proposed, phase by phase, what it costs, what the patient said, and what is done of it. */
export function PlanView({ plan }: { plan: TreatmentPlan }) {
  const { t } = useTranslation('planning');
  const { name, number } = useFormat();
  const can = useCan();
  const [dialog, setDialog] = useState<Dialog>(null);
  const closed = plan.status === 'declined' || plan.status === 'withdrawn';
  const writes = can('planning.write') && !closed;
  const presents = can('planning.present') && can('billing.read');
  const requote = usePlanAction(plan.patient_id, (_: undefined, act) =>
    api.post<TreatmentPlan>(`/plans/${plan.id}/requote`, {}, act),
  );
  const copy = usePlanAction(plan.patient_id, (alternative: boolean, act) =>
    api.post<TreatmentPlan>(
      `/plans/${plan.id}/copy`,
      { name: t('copy.name', { name: plan.name }), alternative },
      act,
    ),
  );
  return (
    <>
      <Card
        title={
          <span className={css.heading}>
            <bdi>{plan.name}</bdi> <PlanBadges plan={plan} />
          </span>
        }
        actions={
          <>
            {presents && (
              <Button
                size="xs"
                leftSection={<IconPresentation size={16} />}
                renderRoot={(props) => (
                  <Link to="/plans/$planId/present" params={{ planId: plan.id }} {...props} />
                )}
              >
                {t(plan.presentation_id ? 'present.open' : 'present.button')}
              </Button>
            )}
            {can('billing.read') && (
              <PrintMenu
                compact
                label={t('print')}
                address={(lang) => `/api/v1/plans/${plan.id}/pdf?lang=${lang}`}
              />
            )}
            {can('planning.write') && (
              <Menu position="bottom-end">
                <Menu.Target>
                  <Button
                    size="xs"
                    variant="default"
                    leftSection={<IconDots size={16} />}
                    aria-label={t('more')}
                  >
                    {t('more')}
                  </Button>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    leftSection={<IconPencil size={16} />}
                    disabled={closed}
                    onClick={() => setDialog('edit')}
                  >
                    {t('edit.button')}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconCopy size={16} />}
                    disabled={closed}
                    onClick={() => setDialog('alternative')}
                  >
                    {t('alternative.button')}
                  </Menu.Item>
                  <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => copy.mutate(!closed)}>
                    {t(closed ? 'copy.button' : 'copy.alternative')}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconRefresh size={16} />}
                    disabled={closed}
                    onClick={() => requote.mutate(undefined)}
                  >
                    {t('requote')}
                  </Menu.Item>
                  <Menu.Item
                    color="red"
                    leftSection={<IconTrash size={16} />}
                    disabled={plan.status === 'withdrawn'}
                    onClick={() => setDialog('withdraw')}
                  >
                    {t('withdraw.button')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
          </>
        }
      >
        <div className={css.stack}>
          <div className={css.facts}>
            <span>{t('by', { doctor: name(plan.doctor) })}</span>
            {plan.options.length > 0 && (
              <span>
                {t('option.others')}{' '}
                {plan.options.map((option) => (
                  <Link
                    key={option.id}
                    to="/patients/$patientId/plans"
                    params={{ patientId: plan.patient_id }}
                    search={{ plan: option.id }}
                    className={css.link}
                  >
                    <bdi>{option.name}</bdi>
                  </Link>
                ))}
              </span>
            )}
            <Progress plan={plan} number={number} />
          </div>
          {plan.note && (
            <p className={css.note} dir="auto">
              {plan.note}
            </p>
          )}
          <AnswerNote plan={plan} />
          <PlanTotalsLine totals={plan.totals ?? null} strong />
        </div>
      </Card>
      {writes && <Suggestions plan={plan} />}
      <PlanPhases plan={plan} writes={writes} />
      {writes && <AddItem plan={plan} />}
      {dialog === 'edit' && <EditPlanDialog plan={plan} onClose={() => setDialog(null)} />}
      {dialog === 'withdraw' && <WithdrawDialog plan={plan} onClose={() => setDialog(null)} />}
      {dialog === 'alternative' && (
        <NewPlanDialog
          patientId={plan.patient_id}
          alternativeTo={plan}
          onMade={() => setDialog(null)}
          onClose={() => setDialog(null)}
        />
      )}
    </>
  );
}

function Progress({ plan, number }: { plan: TreatmentPlan; number: (value: number) => string }) {
  const { t } = useTranslation('planning');
  const { items, items_done: done, amount, amount_done: paidFor } = plan.progress;
  const { money } = useFormat();
  if (items === 0) return null;
  return (
    <span className={css.progress}>
      <progress max={items} value={done} aria-label={t('progress.label')} />
      <span>
        {t('progress.items', { done: number(done), count: items, all: number(items) })}
        {amount && paidFor && (
          <>
            {' · '}
            {t('progress.money', { done: money(paidFor), all: money(amount) })}
          </>
        )}
      </span>
    </span>
  );
}
