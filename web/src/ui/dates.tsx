import { Skeleton, TextInput } from '@mantine/core';
import { lazy, type ReactNode, Suspense } from 'react';

export interface DateFieldProps {
  label: ReactNode;
  /** YYYY-MM-DD, or null (an empty string counts as null). */
  value?: string | null;
  onChange?: (date: string | null) => void;
  onBlur?: (event: React.FocusEvent<HTMLInputElement>) => void;
  error?: ReactNode;
  required?: boolean;
  disabled?: boolean;
  minDate?: string;
  maxDate?: string;
  /** Shows the Hijri date below the field. */
  hijri?: boolean;
}

export interface DayCalendarProps {
  value: string | null;
  onChange: (date: string) => void;
  minDate?: string;
  maxDate?: string;
}

const LazyField = lazy(() => import('./DateField'));
const LazyCalendar = lazy(() => import('./DayCalendar'));

/** A date to type or to pick, on the clinic's week; takes `form.getInputProps('birth_date')`. */
export function DateField(props: DateFieldProps) {
  const waiting = <TextInput label={props.label} required={props.required ?? false} disabled />;
  return (
    <Suspense fallback={waiting}>
      <LazyField {...props} />
    </Suspense>
  );
}

/** A month to pick one day from, for a popover. */
export function DayCalendar(props: DayCalendarProps) {
  return (
    <Suspense fallback={<Skeleton height={264} width={264} />}>
      <LazyCalendar {...props} />
    </Suspense>
  );
}
