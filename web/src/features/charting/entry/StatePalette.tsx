import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChartLayer, ChartTerm } from '@/api/types';
import css from '../charting.module.css';
import { paletteGroups } from '../model/paletteGroups';
import { paintOf } from '../model/toothPicture';
import type { ChartWords } from '../useChartWords';

interface StatePaletteProps {
  terms: readonly ChartTerm[];
  layer: ChartLayer;
  chosen: string | null;
  words: ChartWords;
  onChoose: (code: string) => void;
}

export function StatePalette({ terms, layer, chosen, words, onChoose }: StatePaletteProps) {
  const { t } = useTranslation('charting');
  return (
    <div className={css.groups}>
      {paletteGroups(terms, layer).map(({ group, terms: offered }) => (
        <fieldset key={group} className={css.group}>
          <legend>{t(`entry.group.${group}`)}</legend>
          {offered.map(({ code }) => (
            <UnstyledButton
              key={code}
              className={css.term}
              data-paint={paintOf({ layer, code })}
              aria-pressed={chosen === code}
              onClick={() => onChoose(code)}
            >
              {words.code(code)}
            </UnstyledButton>
          ))}
        </fieldset>
      ))}
    </div>
  );
}
