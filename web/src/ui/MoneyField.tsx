import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

interface MoneyFieldProps {
  label: ReactNode;
  currency: string;
  value?: string;
  onChange?: (typed: string) => void;
  onBlur?: (event: React.FocusEvent<HTMLInputElement>) => void;
  error?: ReactNode;
  description?: ReactNode;
  required?: boolean;
  disabled?: boolean;
}

/** An amount as typed, Arabic digits welcome; the form's schema turns it into the API's decimal string. */
export function MoneyField({ currency, onChange, value = '', ...rest }: MoneyFieldProps) {
  return (
    <TextInput
      {...rest}
      value={value}
      onChange={(event) => onChange?.(event.currentTarget.value)}
      inputMode="decimal"
      autoComplete="off"
      rightSection={<bdi dir="ltr">{currency}</bdi>}
      rightSectionWidth={52}
      rightSectionPointerEvents="none"
      className="numbers"
    />
  );
}
