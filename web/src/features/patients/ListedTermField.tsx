import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { HistoryKind, List } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Code } from '@/ui/texts';
import classes from './patients.module.css';

/** An entry of the clinic's list: an allergen or a condition has a code, a medicine has an id. */
export interface ListedTerm {
  id?: string;
  code?: string | null;
  name_ar: string | null;
  name_en: string | null;
  drug_class?: string | null;
}

/** The reference lists are short and answered whole; the clinic's drug list comes by pages. */
const LISTS: Record<HistoryKind, { path: string; paged: boolean }> = {
  allergies: { path: '/reference/allergens', paged: false },
  conditions: { path: '/reference/conditions', paged: false },
  medications: { path: '/drugs', paged: true },
};
const PAUSE_MS = 180;
const SHOWN = 8;

interface ListedTermFieldProps {
  kind: HistoryKind;
  label: string;
  value: string;
  error: ReactNode;
  onChange: (name: string, listed: ListedTerm | null) => void;
}

/** Suggests from the list while typing, in either language; anything else may be written, too. */
export function ListedTermField({ kind, label, value, error, onChange }: ListedTermFieldProps) {
  const { t } = useTranslation('patients');
  const { name, locale } = useFormat();
  const [q] = useDebouncedValue(value.trim(), PAUSE_MS);
  const found = useQuery({
    queryKey: ['clinic', 'history-list', kind, q],
    queryFn: ({ signal }) =>
      api.get<List<ListedTerm>>(LISTS[kind].path, {
        query: { q, limit: LISTS[kind].paged ? SHOWN : undefined },
        signal,
      }),
    select: (list) => list.items.slice(0, SHOWN),
    placeholderData: keepPreviousData,
  });
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const keyOf = (term: ListedTerm) => term.id ?? `${term.code ?? ''}:${term.name_en ?? term.name_ar ?? ''}`;
  const pick = (key: string) => {
    const term = found.data?.find((one) => keyOf(one) === key);
    combobox.closeDropdown();
    if (term) onChange(name(term), term);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target>
        <TextInput
          label={label}
          description={t('history.listHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={value}
          error={error}
          onChange={(event) => {
            onChange(event.currentTarget.value, null);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          leftSection={<IconSearch size={16} />}
          rightSection={found.isFetching ? <Loader size={16} /> : null}
          autoComplete="off"
          required
          data-autofocus
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={!found.error && !found.data?.length}>
        <Combobox.Options aria-label={label} className={classes.options}>
          {found.error && <Combobox.Empty role="alert">{errorMessage(found.error)}</Combobox.Empty>}
          {found.data?.map((term) => {
            const other = locale === 'ar' ? term.name_en : term.name_ar;
            return (
              <Combobox.Option value={keyOf(term)} key={keyOf(term)}>
                <span className={classes.optionLine}>
                  <bdi>{name(term)}</bdi>
                  <small className={classes.quiet}>
                    {kind === 'conditions' && term.code ? <Code>{term.code}</Code> : <bdi>{other}</bdi>}
                  </small>
                </span>
              </Combobox.Option>
            );
          })}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
