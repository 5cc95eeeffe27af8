import { DatePicker } from '@mantine/dates';
import { ClinicDates, useCalendarWords } from './ClinicDates';
import type { DayCalendarProps } from './dates';

export default function DayCalendar({ value, onChange, minDate, maxDate }: DayCalendarProps) {
  const words = useCalendarWords();
  return (
    <ClinicDates>
      <DatePicker
        {...words}
        value={value}
        {...(value ? { defaultDate: value } : {})}
        {...(minDate ? { minDate } : {})}
        {...(maxDate ? { maxDate } : {})}
        onChange={(date) => date && onChange(date)}
      />
    </ClinicDates>
  );
}
