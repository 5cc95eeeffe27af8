import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { localTimeOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { TypedSelect } from '@/ui/TypedSelect';
import { openSpanOf } from './dayModel';
import { hoursQuery } from './queries';
import { firstStartShown, STARTS, startsFor, USUAL_SPAN } from './startTimes';

interface StartSelectProps {
  date: string;
  value: string;
  onChange(start: string): void;
  error?: string | undefined;
  required?: boolean;
}

/** When an appointment begins: chosen from the list, or typed in any of the ways people write a time. */
export function StartSelect({ date, value, onChange, error, required = false }: StartSelectProps) {
  const { t } = useTranslation('scheduling');
  const { time, today, timeZone } = useFormat();
  const hours = useQuery({ ...hoursQuery(date, date, null), enabled: date !== '' });
  const open = (hours.data && openSpanOf(hours.data, date)) ?? USUAL_SPAN;
  const options = useMemo(() => {
    const known = value === '' || STARTS.includes(value) ? STARTS : [...STARTS, value].sort();
    return known.map((start) => ({ value: start, label: time(start) }));
  }, [time, value]);
  const now = date === today() ? localTimeOf(new Date(), timeZone) : null;
  return (
    <TypedSelect
      label={t('form.start')}
      data={options}
      value={value || null}
      onChange={(start) => onChange(start ?? '')}
      match={(typed) =>
        startsFor(typed, open).flatMap((start) => options.find((option) => option.value === start) ?? [])
      }
      openAt={firstStartShown(now, open)}
      error={error}
      required={required}
    />
  );
}
