import { CloseButton, Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangleFilled, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useFormat } from '@/lib/format-context';
import { typedEarly } from '@/lib/typedEarly';
import { Code, Phone } from '@/ui/texts';
import classes from './appointment.module.css';
import { pickedBy } from './pickedBy';
import { patientSearchQuery } from './queries';

const SHORTEST_SEARCH = 2;
const PAUSE_MS = 180;
const REGISTER = 'register';

export interface PickedPatient {
  id: string;
  name_ar: string | null;
  name_en: string | null;
  file_number: string;
}

interface PatientPickerProps {
  value: PickedPatient | null;
  onChange(patient: PickedPatient | null): void;
  error?: string | undefined;
  /** Absent where the reader may not register patients. */
  onRegister?: ((typed: string) => void) | undefined;
}

/** Finds a patient while typing: name in either script, phone or file number. */
export function PatientPicker({ value, onChange, error, onRegister }: PatientPickerProps) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf } = useFormat();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const searching = settled.length >= SHORTEST_SEARCH;
  const found = useQuery({ ...patientSearchQuery(settled), enabled: searching && value === null });
  const answered = searching && settled === typed.trim() && !found.isPlaceholderData ? found.data : undefined;
  // The key that asked for a patient before he was found.
  const asked = useRef<'Enter' | 'Tab' | null>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });

  const pick = (id: string) => {
    combobox.closeDropdown();
    if (id === REGISTER) onRegister?.(typed.trim());
    else onChange(found.data?.find((patient) => patient.id === id) ?? null);
  };

  const latest = useRef({ onChange, typed });
  latest.current = { onChange, typed };
  useEffect(() => {
    const key = asked.current;
    if (!answered || !key) return;
    asked.current = null;
    const patient = pickedBy(key, answered, latest.current.typed);
    if (patient) latest.current.onChange(patient);
  }, [answered]);
  const take = (key: 'Enter' | 'Tab') => {
    if (value !== null || typed.trim().length < SHORTEST_SEARCH) return;
    const patient = answered && pickedBy(key, answered, typed);
    if (!answered) asked.current = key;
    if (patient) onChange(patient);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || value !== null || !typed.trim() || event.nativeEvent.isComposing) return;
    // What the arrows are on is the list's own affair.
    if (combobox.dropdownOpened && combobox.getSelectedOptionIndex() !== -1) return;
    event.preventDefault();
    take('Enter');
  };

  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target>
        <TextInput
          label={t('form.patient')}
          placeholder={t('form.patientPlaceholder')}
          required
          autoComplete="off"
          data-autofocus
          error={error}
          leftSection={<IconSearch size={16} />}
          value={value ? nameOf(value) : typed}
          readOnly={value !== null}
          onChange={(event) => {
            asked.current = null;
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onKeyDown={onKeyDown}
          onFocus={() => {
            const early = typedEarly.take();
            if (value !== null) return;
            if (early) setTyped((before) => before + early);
            combobox.openDropdown();
          }}
          onBlur={() => {
            combobox.closeDropdown();
            if (asked.current === null) take('Tab');
          }}
          rightSection={
            value ? (
              <CloseButton size="sm" aria-label={t('form.choosePatient')} onClick={() => onChange(null)} />
            ) : found.isFetching ? (
              <Loader size={16} />
            ) : null
          }
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={value !== null}>
        <Combobox.Options aria-label={t('form.patient')}>
          {searching &&
            found.data?.map((patient) => (
              <Combobox.Option value={patient.id} key={patient.id}>
                <span className={classes.option}>
                  <bdi>{nameOf(patient)}</bdi>
                  {patient.has_alerts && (
                    <IconAlertTriangleFilled
                      size={14}
                      className={classes.alert}
                      aria-label={t('book.alert')}
                    />
                  )}
                </span>
                <small className={classes.optionMeta}>
                  <Code>{patient.file_number}</Code>
                  <Phone number={patient.phone} />
                </small>
              </Combobox.Option>
            ))}
          <PickerNote
            searching={searching}
            query={settled}
            empty={found.data?.length === 0}
            error={found.error}
          />
          {onRegister && (
            <Combobox.Option value={REGISTER}>
              <span className={classes.option}>
                <IconUserPlus size={16} />
                {t('form.register')}
              </span>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

interface PickerNoteProps {
  searching: boolean;
  query: string;
  empty: boolean;
  error: Error | null;
}

function PickerNote({ searching, query, empty, error }: PickerNoteProps) {
  const { t } = useTranslation('scheduling');
  if (!searching) return <Combobox.Empty>{t('form.patientHint')}</Combobox.Empty>;
  if (error) {
    return (
      <Combobox.Empty role="alert">
        {t('form.searchFailed')} {errorMessage(error)}
      </Combobox.Empty>
    );
  }
  return empty ? <Combobox.Empty>{t('form.noPatientFound', { query })}</Combobox.Empty> : null;
}
