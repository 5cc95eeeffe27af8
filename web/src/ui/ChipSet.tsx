import { Chip } from '@mantine/core';
import classes from './ChipSet.module.css';

interface ChipSetProps<T extends string> {
  label: string;
  options: readonly { value: T; label: string }[];
  value: readonly T[];
  onChange(value: T[]): void;
}

/** Any of a few things that are seen at once: weekdays, statuses. */
export function ChipSet<T extends string>({ label, options, value, onChange }: ChipSetProps<T>) {
  return (
    <fieldset className={classes.chips}>
      <legend>{label}</legend>
      <Chip.Group multiple value={[...value]} onChange={(chosen) => onChange(chosen as T[])}>
        {options.map((option) => (
          <Chip key={option.value} value={option.value} size="xs">
            {option.label}
          </Chip>
        ))}
      </Chip.Group>
    </fieldset>
  );
}
