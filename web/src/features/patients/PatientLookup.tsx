import { CloseButton, Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useFormat } from '@/lib/format-context';
import { Code, Phone } from '@/ui/texts';
import type { RelatedPatient } from './patientForm';
import classes from './patients.module.css';
import { lookupQuery } from './queries';

const PAUSE_MS = 200;
const SHORTEST = 2;

interface PatientLookupProps {
  label: string;
  description: string;
  value: RelatedPatient | null;
  onChange: (patient: RelatedPatient | null) => void;
  exclude?: string | undefined;
}

/** Another patient of the clinic: the guardian or who pays. */
export function PatientLookup({ label, description, value, onChange, exclude }: PatientLookupProps) {
  const { t } = useTranslation(['patients', 'common']);
  const { name } = useFormat();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const searching = value === null && settled.length >= SHORTEST;
  const found = useQuery({ ...lookupQuery(settled), enabled: searching });
  const choices = found.data?.filter(({ id }) => id !== exclude) ?? [];
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const pick = (id: string) => {
    const chosen = choices.find((patient) => patient.id === id);
    combobox.closeDropdown();
    setTyped('');
    if (chosen) onChange({ id, name_ar: chosen.name_ar, name_en: chosen.name_en });
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target>
        <TextInput
          label={label}
          description={description}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={t('common:patient.search')}
          autoComplete="off"
          value={value ? name(value) : typed}
          readOnly={value !== null}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
          }}
          onBlur={() => combobox.closeDropdown()}
          rightSection={
            value ? (
              <CloseButton size="sm" aria-label={t('common:action.clear')} onClick={() => onChange(null)} />
            ) : found.isFetching ? (
              <Loader size={16} />
            ) : null
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!searching}>
        <Combobox.Options aria-label={label}>
          {found.error ? (
            <Combobox.Empty role="alert">{errorMessage(found.error)}</Combobox.Empty>
          ) : (
            choices.map((patient) => (
              <Combobox.Option value={patient.id} key={patient.id}>
                <bdi>{name(patient)}</bdi>
                <small className={classes.meta}>
                  <Code>{patient.file_number}</Code>
                  <Phone number={patient.phone} />
                </small>
              </Combobox.Option>
            ))
          )}
          {found.isSuccess && choices.length === 0 && (
            <Combobox.Empty>{t('list.noneFound', { query: settled })}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
