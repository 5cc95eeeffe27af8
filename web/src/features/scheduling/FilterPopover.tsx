import { Button, Chip, NativeSelect, Popover } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import { ChipSet } from '@/ui/ChipSet';
import type { PanelProps } from '@/ui/LatePanel';
import type { BookFiltersProps } from './BookFilters';
import { APPOINTMENT_STATUSES } from './book/types';
import { type BookFilter, filtersOn, statusesOf } from './bookAddress';
import classes from './toolbar.module.css';

/** Branch, doctor, how far they have got, and whether those called off are shown. */
export default function FilterPopover(props: BookFiltersProps & PanelProps) {
  const { filter, branches, doctors, panel, target } = props;
  const { t } = useTranslation(['scheduling', 'common']);
  const { name: nameOf } = useFormat();
  const { branchId, doctorId, statuses } = filter;
  const open = branches.filter((branch) => branch.active || branch.id === branchId);
  const working = doctors?.filter((doctor) => doctor.active || doctor.id === doctorId) ?? [];
  const change = (changes: Partial<BookFilter>) => props.onFilter({ ...filter, ...changes });
  return (
    <Popover {...panel} position="bottom-end" width={320} trapFocus returnFocus>
      <Popover.Target>{target}</Popover.Target>
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
        <ChipSet
          label={t('agenda.status')}
          options={APPOINTMENT_STATUSES.filter((status) => status !== 'rescheduled').map((status) => ({
            value: status,
            label: t(`common:status.${status}`),
          }))}
          value={statuses}
          onChange={(chosen) => change({ statuses: statusesOf(chosen.join(',')) })}
        />
        <Chip size="xs" checked={props.showCancelled} onChange={props.onShowCancelled}>
          {t('toolbar.showCancelled')}
        </Chip>
        {filtersOn(filter, doctors !== undefined) > 0 && (
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
