import { ColorInput, MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import { rolesQuery } from './queries';

/** Told apart from each other, and dark enough for white text. */
const COLOURS = [
  '#0b6b74',
  '#1d5fa8',
  '#6d4aa8',
  '#a8457f',
  '#a83d2f',
  '#9a5a00',
  '#5c6f1d',
  '#1f7a4d',
  '#44596b',
  '#7a4a2b',
];

interface FieldProps<T> {
  value?: T;
  onChange?: (value: T) => void;
  error?: React.ReactNode;
}

export function ColourField(props: FieldProps<string>) {
  const { t } = useTranslation('identity');
  return (
    <ColorInput
      {...props}
      label={t('staff.colour')}
      dir="ltr"
      format="hex"
      swatches={COLOURS}
      swatchesPerRow={10}
      withEyeDropper={false}
      required
    />
  );
}

export function RolesField(props: FieldProps<string[]>) {
  const { t } = useTranslation('identity');
  const { name } = useFormat();
  const roles = useQuery(rolesQuery);
  return (
    <MultiSelect
      {...props}
      label={t('staff.roles')}
      data={(roles.data ?? []).map((role) => ({ value: role.id, label: name(role) }))}
      disabled={!roles.data}
      required
    />
  );
}
