import { ActionIcon, Menu } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowDown,
  IconArrowUp,
  IconCalendarEvent,
  IconCalendarPlus,
  IconDotsVertical,
  IconGripVertical,
  IconPencil,
  IconStack2,
  IconTrash,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { PlanItem, TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { useConfirm } from '@/ui/confirm';
import { Place } from '@/ui/Place';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, MoneyText } from '@/ui/texts';
import { ItemDialog } from './ItemDialog';
import { isOpen } from './PlanPhases';
import css from './planning.module.css';
import { usePlanAction } from './usePlanAction';

interface PlanItemRowProps {
  plan: TreatmentPlan;
  item: PlanItem;
  writes: boolean;
  /** Where it stands in its phase. */
  at: number;
  place: { first: boolean; last: boolean; phases: number };
  onMove: (phase: number, position?: number) => void;
}

/** An item: what, where, by whom, for how much, how far. */
export function PlanItemRow({ plan, item, writes, at, place, onMove }: PlanItemRowProps) {
  const { t } = useTranslation('planning');
  const { name, number, dateTime } = useFormat();
  const can = useCan();
  const confirm = useConfirm();
  const [editing, setEditing] = useState(false);
  const open = isOpen(item);
  const remove = usePlanAction(plan.patient_id, (_: undefined, act) =>
    api.delete<TreatmentPlan>(`/plan-items/${item.id}`, act),
  );
  const ask = async () => {
    const yes = await confirm({
      title: t('remove.title'),
      body: t('remove.body', { what: name(item) }),
      confirmLabel: t('remove.confirm'),
      danger: true,
    });
    if (yes) remove.mutate(undefined);
  };
  return (
    <div className={css.item} data-status={item.status}>
      {writes && open && <IconGripVertical size={16} className={css.grip} aria-hidden />}
      <div className={css.itemText}>
        <span className={css.itemTitle}>
          <bdi>{name(item)}</bdi>
          {item.tooth && <Place tooth={item.tooth} surfaces={item.surfaces} />}
          {item.unit && <Code>{item.unit.map(({ tooth }) => tooth).join('–')}</Code>}
        </span>
        <span className={css.itemMeta}>
          <StatusBadge status={item.status} />
          {item.quantity > 1 && <bdi>× {number(item.quantity)}</bdi>}
          {item.sessions > 1 && (
            <span>
              {t('items.sessions', { done: number(item.sessions_done), all: number(item.sessions) })}
            </span>
          )}
          {item.doctor && <bdi>{name(item.doctor)}</bdi>}
          {item.appointment && (
            <Link
              to="/"
              search={{ date: item.appointment.starts_at.slice(0, 10), appointment: item.appointment.id }}
              className={css.link}
            >
              <IconCalendarEvent size={14} aria-hidden />{' '}
              {t('items.booked', { when: dateTime(item.appointment.starts_at) })}
            </Link>
          )}
          {item.tooth_missing && (
            <span className={css.invalid}>
              <IconAlertTriangle size={14} aria-hidden /> {t('items.toothMissing')}
            </span>
          )}
        </span>
        {item.note && (
          <p className={css.itemNote} dir="auto">
            {item.note}
          </p>
        )}
      </div>
      {item.totals && (
        <span className={css.price}>
          <MoneyText money={item.totals.total} />
          {item.covered_percent > 0 && (
            <small>
              {t('items.share')} <MoneyText money={item.totals.patient} />
            </small>
          )}
        </span>
      )}
      {open && (
        <span className={css.itemActions}>
          {can('scheduling.write') && !item.appointment && (
            <ActionIcon
              variant="subtle"
              aria-label={t('items.book', { what: name(item) })}
              title={t('items.bookShort')}
              renderRoot={(props) => (
                <Link
                  to="/"
                  search={{
                    new: true,
                    patient: plan.patient_id,
                    items: item.id,
                    minutes: Math.ceil(item.minutes / item.sessions / 5) * 5,
                    doctor_id: item.doctor?.id ?? plan.doctor.id,
                    reason: [name(item), item.tooth].filter(Boolean).join(' '),
                  }}
                  {...props}
                />
              )}
            >
              <IconCalendarPlus size={17} />
            </ActionIcon>
          )}
          {writes && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={t('items.more', { what: name(item) })}>
                  <IconDotsVertical size={17} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
                  {t('items.edit')}
                </Menu.Item>
                {!place.first && (
                  <Menu.Item
                    leftSection={<IconArrowUp size={16} />}
                    onClick={() => onMove(item.phase, at - 1)}
                  >
                    {t('items.up')}
                  </Menu.Item>
                )}
                {!place.last && (
                  <Menu.Item
                    leftSection={<IconArrowDown size={16} />}
                    onClick={() => onMove(item.phase, at + 1)}
                  >
                    {t('items.down')}
                  </Menu.Item>
                )}
                {Array.from({ length: Math.min(place.phases + 1, 20) }, (_, index) => index + 1)
                  .filter((phase) => phase !== item.phase)
                  .map((phase) => (
                    <Menu.Item
                      key={phase}
                      leftSection={<IconStack2 size={16} />}
                      onClick={() => onMove(phase)}
                    >
                      {t('items.toPhase', { number: number(phase) })}
                    </Menu.Item>
                  ))}
                <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => void ask()}>
                  {t('items.remove')}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </span>
      )}
      {editing && <ItemDialog plan={plan} item={item} onClose={() => setEditing(false)} />}
    </div>
  );
}
