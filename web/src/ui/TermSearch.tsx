import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './TermSearch.module.css';
import { Code } from './texts';

const PAUSE_MS = 180;
const FREE_TEXT = 'free-text';

interface Found<T> {
  data: T[] | undefined;
  error: Error | null;
  isFetching: boolean;
}

interface TermSearchProps<T> {
  label: string;
  /** Stands where the field begins; a glass when absent. */
  icon?: ReactNode;
  /** While what was picked is being sent. */
  busy?: boolean;
  /** A hook: the same one for the life of the field. */
  useFound: (q: string, enabled: boolean) => Found<T>;
  keyOf: (item: T) => string;
  /** Its words, and what stands at the other end of the line. */
  option: (item: T) => { name: string; code?: string | null | undefined; aside?: ReactNode };
  onPick: (item: T) => void;
  /** Takes what was typed when it is in no list; `label` says so. */
  freeText?: { label: string; onPick: (typed: string) => void };
  errorText: (error: Error) => string;
  none: (query: string) => string;
}

/** Finds an entry of a list by its code or by words in either language. */
export function TermSearch<T>(props: TermSearchProps<T>) {
  const { t } = useTranslation();
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
      props.freeText?.onPick(words);
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
          placeholder={props.label}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          leftSection={props.icon ?? <IconSearch size={16} />}
          rightSection={found.isFetching || props.busy ? <Loader size={16} /> : null}
          autoComplete="off"
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={props.label} className={classes.options}>
          {found.error && <Combobox.Empty role="alert">{props.errorText(found.error)}</Combobox.Empty>}
          {!found.error && !found.data && <Combobox.Empty>{t('search.searching')}</Combobox.Empty>}
          {found.data?.map((item) => {
            const { name, code, aside } = props.option(item);
            return (
              <Combobox.Option value={props.keyOf(item)} key={props.keyOf(item)}>
                <span className={classes.option}>
                  <bdi>{name}</bdi>
                  <small>
                    <Code>{code}</Code>
                    {aside}
                  </small>
                </span>
              </Combobox.Option>
            );
          })}
          {!found.error && found.data?.length === 0 && <Combobox.Empty>{props.none(settled)}</Combobox.Empty>}
          {props.freeText && typed.trim() && (
            <Combobox.Option value={FREE_TEXT}>
              {props.freeText.label} <bdi>«{typed.trim()}»</bdi>
            </Combobox.Option>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
