import { ActionIcon, Indicator } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Branch, Staff } from '@/api/types';
import { LatePanel, latePanel } from '@/ui/LatePanel';
import { type BookFilter, filtersOn } from './bookAddress';

const filterPopover = latePanel(() => import('./FilterPopover'));

export interface BookFiltersProps {
  filter: BookFilter;
  branches: readonly Branch[];
  /** Absent where the page is one doctor's already. */
  doctors?: readonly Staff[] | undefined;
  showCancelled: boolean;
  onFilter(filter: BookFilter): void;
  onShowCancelled(show: boolean): void;
}

/** Whose appointments are looked at, where, and how far they have got. */
export function BookFilters(props: BookFiltersProps) {
  const { t } = useTranslation('scheduling');
  const active = filtersOn(props.filter, props.doctors !== undefined);
  return (
    <Indicator disabled={active === 0} label={active} size={16} inline>
      <LatePanel of={filterPopover} props={props} popup="dialog">
        {(button) => (
          <ActionIcon
            {...button}
            variant={active > 0 ? 'light' : 'subtle'}
            color={active > 0 ? undefined : 'gray'}
            aria-label={active > 0 ? t('filter.titleActive', { count: active }) : t('filter.title')}
          >
            <IconFilter size={20} />
          </ActionIcon>
        )}
      </LatePanel>
    </Indicator>
  );
}
