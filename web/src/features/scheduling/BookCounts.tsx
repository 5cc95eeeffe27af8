import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isCalledOff } from './book/types';
import type { BookFilter } from './bookAddress';
import { isFilteredOut } from './bookAppointment';
import { dayAppointmentsQuery } from './queries';

/** How many appointments a day has and how many patients wait; the book reads the same list. */
export function BookCounts({ date, filter }: { date: string; filter: BookFilter }) {
  const { t } = useTranslation('scheduling');
  const { data } = useQuery(dayAppointmentsQuery({ date, branchId: filter.branchId }));
  if (!data) return null;
  const shown = data.filter(
    (item) => item.local_date === date && !isCalledOff(item.status) && !isFilteredOut(item, filter),
  );
  const waiting = shown.filter(({ status }) => status === 'arrived').length;
  return (
    <span aria-live="polite">
      {[
        '',
        t('appointments', { count: shown.length }),
        waiting > 0 ? t('waitingNow', { count: waiting }) : '',
      ]
        .filter((text, index) => index === 0 || text)
        .join(' · ')
        .trim()}
    </span>
  );
}
