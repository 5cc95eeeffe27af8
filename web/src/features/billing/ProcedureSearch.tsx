import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { Procedure } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Code, MoneyText } from '@/ui/texts';
import classes from './billing.module.css';
import { useProcedureSearch } from './queries';

const PAUSE_MS = 180;

/** Adds a line from the catalogue: type, Enter, and the next. */
export function ProcedureSearch({ onPick, busy }: { onPick: (picked: Procedure) => void; busy: boolean }) {
  const { t } = useTranslation('billing');
  const { name } = useFormat();
  const [typed, setTyped] = useState('');
  const [settled] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const [open, setOpen] = useState(false);
  const found = useProcedureSearch(settled, open);
  const combobox = useCombobox({
    onDropdownOpen: () => setOpen(true),
    onDropdownClose: () => {
      setOpen(false);
      combobox.resetSelectedOption();
    },
  });
  const pick = (id: string) => {
    combobox.closeDropdown();
    setTyped('');
    const procedure = found.data?.find((one) => one.id === id);
    if (procedure) onPick(procedure);
  };
  return (
    <Combobox store={combobox} onOptionSubmit={pick}>
      <Combobox.Target>
        <TextInput
          aria-label={t('draft.addLine')}
          placeholder={t('draft.addLine')}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => combobox.closeDropdown()}
          leftSection={<IconPlus size={16} />}
          rightSection={found.isFetching || busy ? <Loader size={16} /> : null}
          autoComplete="off"
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={t('draft.addLine')} className={classes.options}>
          {found.error && <Combobox.Empty role="alert">{errorMessage(found.error)}</Combobox.Empty>}
          {!found.error && !found.data && <Combobox.Empty>{t('draft.searching')}</Combobox.Empty>}
          {found.data?.map((procedure) => (
            <Combobox.Option value={procedure.id} key={procedure.id}>
              <span className={classes.option}>
                <bdi>{name(procedure)}</bdi>
                <small className={classes.quiet}>
                  <Code>{procedure.code}</Code>
                  {procedure.price && <MoneyText money={procedure.price} />}
                </small>
              </span>
            </Combobox.Option>
          ))}
          {!found.error && found.data?.length === 0 && (
            <Combobox.Empty>{t('draft.noProcedure', { query: settled })}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
