import { DatesProvider } from '@mantine/dates';
import 'dayjs/locale/ar';
import 'dayjs/locale/en';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClinicWeek, useFormat } from '@/lib/format-context';

/** Month names in the reader's language, the week as the clinic has it. */
export function ClinicDates({ children }: { children: ReactNode }) {
  const { locale, week } = useFormat();
  return (
    <DatesProvider
      settings={{
        locale,
        firstDayOfWeek: week.start,
        weekendDays: week.weekend as (ClinicWeek['start'] | 2 | 3 | 4 | 5)[],
      }}
    >
      {children}
    </DatesProvider>
  );
}

export function useCalendarWords() {
  const { t } = useTranslation();
  const { number } = useFormat();
  return {
    ariaLabels: {
      previousMonth: t('calendar.previousMonth'),
      nextMonth: t('calendar.nextMonth'),
      previousYear: t('calendar.previousYear'),
      nextYear: t('calendar.nextYear'),
      previousDecade: t('calendar.previousDecade'),
      nextDecade: t('calendar.nextDecade'),
      monthLevelControl: t('calendar.months'),
      yearLevelControl: t('calendar.years'),
    },
    renderDay: (date: string) => number(Number(date.slice(8, 10))),
  };
}
