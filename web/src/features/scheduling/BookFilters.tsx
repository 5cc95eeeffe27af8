import { ActionIcon, Button, Chip, Indicator, NativeSelect, Popover } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Branch, Staff } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { APPOINTMENT_STATUSES } from './book/types';
import { type BookFilter, statusesOf } from './bookAddress';
import classes from './toolbar.module.css';

interface BookFiltersProps {
  filter: BookFilter;
  branches: readonly Branch[];
  /** Absent where the page is one doctor's already. */
  doctors?: readonly Staff[];
  showCancelled: boolean;
  onFilter(filter: BookFilter): void;
  onShowCancelled(show: boolean): void;
}

/** Whose appointments are looked at, where, and how far they have got. */
export function BookFilters({ filter, branches, doctors, ...props }: BookFiltersProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const { name: nameOf } = useFormat();
  const { branchId, doctorId, statuses } = filter;
  const open = branches.filter((branch) => branch.active || branch.id === branchId);
  const working = doctors?.filter((doctor) => doctor.active || doctor.id === doctorId) ?? [];
  const active = [branchId, doctors ? doctorId : null, statuses.length > 0].filter(Boolean).length;
  const change = (changes: Partial<BookFilter>) => props.onFilter({ ...filter, ...changes });
  return (
    <Popover position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>
        <Indicator disabled={active === 0} label={active} size={16} inline>
          <ActionIcon
            variant={active > 0 ? 'light' : 'subtle'}
            color={active > 0 ? undefined : 'gray'}
            aria-label={active > 0 ? t('filter.titleActive', { count: active }) : t('filter.title')}
          >
            <IconFilter size={20} />
          </ActionIcon>
        </Indicator>
      </Popover.Target>
      <Popover.Dropdown className={classes.filters}>
        {open.length > 1 && (
          <NativeSelect
            label={t('toolbar.branch')}
            data={[
              { value: '', label: t('toolbar.allBranches') },
              ...open.map((branch) => ({ value: branch.id, label: nameOf(branch) })),
            ]}
            value={branchId ?? ''}
            onChange={(event) => change({ branchId: event.currentTarget.value || null })}
          />
        )}
        {doctors && (
          <NativeSelect
            label={t('form.doctor')}
            data={[
              { value: '', label: t('filter.allDoctors') },
              ...working.map((doctor) => ({ value: doctor.id, label: nameOf(doctor) })),
            ]}
            value={doctorId ?? ''}
            onChange={(event) => change({ doctorId: event.currentTarget.value || null })}
          />
        )}
        <fieldset className={classes.statuses}>
          <legend>{t('agenda.status')}</legend>
          <Chip.Group
            multiple
            value={[...statuses]}
            onChange={(chosen) => change({ statuses: statusesOf(chosen.join(',')) })}
          >
            {APPOINTMENT_STATUSES.filter((status) => status !== 'rescheduled').map((status) => (
              <Chip key={status} value={status} size="xs">
                {t(`common:status.${status}`)}
              </Chip>
            ))}
          </Chip.Group>
        </fieldset>
        <Chip size="xs" checked={props.showCancelled} onChange={props.onShowCancelled}>
          {t('toolbar.showCancelled')}
        </Chip>
        {active > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() =>
              props.onFilter({ branchId: null, doctorId: doctors ? null : doctorId, statuses: [] })
            }
          >
            {t('filter.clear')}
          </Button>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
