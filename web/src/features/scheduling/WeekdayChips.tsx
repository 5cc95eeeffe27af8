import { useMemo } from 'react';
import { useFormat } from '@/lib/format-context';
import { ChipSet } from '@/ui/ChipSet';

interface WeekdayChipsProps {
  label: string;
  /** Numbers as text, 0 is Sunday. */
  value: readonly string[];
  onChange(value: string[]): void;
}

/** Days of the week, in the clinic's order. */
export function WeekdayChips({ label, value, onChange }: WeekdayChipsProps) {
  const { locale, week } = useFormat();
  const names = useMemo(() => {
    const format = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
    // The 7th of January 2024 was a Sunday.
    return Array.from({ length: 7 }, (_, index) => {
      const day = (week.start + index) % 7;
      return { value: String(day), label: format.format(new Date(Date.UTC(2024, 0, 7 + day))) };
    });
  }, [locale, week.start]);
  return <ChipSet label={label} options={names} value={value} onChange={onChange} />;
}
