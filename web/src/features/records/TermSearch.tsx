import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import classes from './visit.module.css';

const PAUSE_MS = 180;
const FREE_TEXT = 'free-text';

interface Found<T> {
  data: T[] | undefined;
  error: Error | null;
  isFetching: boolean;
}

interface TermSearchProps<T> {
  label: string;
  placeholder: string;
  /** A hook: the same one for the life of the field. */
  useFound: (q: string, enabled: boolean) => Found<T>;
  keyOf: (item: T) => string;
  option: (item: T) => ReactNode;
  onPick: (item: T) => void;
  /** Takes what was typed when it is in no list. */
  onFreeText?: (typed: string) => void;
  none: (query: string) => string;
}

/** Finds an entry of a list by its code or by words in either language. */
export function TermSearch<T>(props: TermSearchProps<T>) {
  const { t } = useTranslation('records');
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const [open, setOpen] = useState(false);
  const found = props.useFound(settled, open);
  const combobox = useCombobox({
    onDropdownOpen: () => setOpen(true),
    onDropdownClose: () => {
      setOpen(false);
      combobox.resetSelectedOption();
    },
  });
  const pick = (key: string) => {
    combobox.closeDropdown();
    const words = typed.trim();
    setTyped('');
    if (key === FREE_TEXT) {
      props.onFreeText?.(words);
      return;
    }
    const item = found.data?.find((one) => props.keyOf(one) === key);
    if (item) props.onPick(item);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target>
        <TextInput
          aria-label={props.label}
          placeholder={props.placeholder}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          leftSection={<IconSearch size={16} />}
          rightSection={found.isFetching ? <Loader size={16} /> : null}
          autoComplete="off"
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={props.label} className={classes.options}>
          {found.error && <Combobox.Empty role="alert">{errorMessage(found.error)}</Combobox.Empty>}
          {!found.error && !found.data && <Combobox.Empty>{t('searching')}</Combobox.Empty>}
          {found.data?.map((item) => (
            <Combobox.Option value={props.keyOf(item)} key={props.keyOf(item)}>
              {props.option(item)}
            </Combobox.Option>
          ))}
          {!found.error && found.data?.length === 0 && <Combobox.Empty>{props.none(settled)}</Combobox.Empty>}
          {props.onFreeText && typed.trim() && (
            <Combobox.Option value={FREE_TEXT}>
              {t('diagnoses.asTyped')} <bdi>«{typed.trim()}»</bdi>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
