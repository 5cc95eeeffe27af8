import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useProcedureSearch } from '@/api/procedures';
import type { Procedure } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { TermSearch } from '@/ui/TermSearch';
import { MoneyText } from '@/ui/texts';

/** Adds a line from the catalogue: type, Enter, and the next. */
export function ProcedureSearch({ onPick, busy }: { onPick: (picked: Procedure) => void; busy: boolean }) {
  const { t } = useTranslation('billing');
  const { name } = useFormat();
  return (
    <TermSearch<Procedure>
      label={t('draft.addLine')}
      icon={<IconPlus size={16} />}
      busy={busy}
      useFound={useProcedureSearch}
      keyOf={({ id }) => id}
      option={(item) => ({
        name: name(item),
        code: item.code,
        aside: item.price && <MoneyText money={item.price} />,
      })}
      onPick={onPick}
      errorText={errorMessage}
      none={(query) => t('draft.noProcedure', { query })}
    />
  );
}
