import { DateInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import { parseTypedDate } from '@/lib/typed-date';
import { ClinicDates, useCalendarWords } from './ClinicDates';
import type { DateFieldProps } from './dates';

export default function DateField({
  hijri = false,
  value,
  onChange,
  minDate,
  maxDate,
  ...rest
}: DateFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useCalendarWords();
  return (
    <ClinicDates>
      <DateInput
        {...rest}
        {...words}
        value={value || null}
        onChange={(date) => onChange?.(date)}
        dateParser={parseTypedDate}
        valueFormat="DD/MM/YYYY"
        placeholder={t('calendar.placeholder')}
        {...(minDate ? { minDate } : {})}
        {...(maxDate ? { maxDate } : {})}
        {...(hijri && value ? { description: format.hijri(value) } : {})}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        clearable={!rest.required}
        clearButtonProps={{ 'aria-label': t('action.clear') }}
        styles={{ input: { fontVariantNumeric: 'tabular-nums' } }}
      />
    </ClinicDates>
  );
}
