import { Button, UnstyledButton } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ChartLayer, ChartTerm } from '@/api/types';
import type { Numbering } from '@/lib/anatomy/numbering';
import charting from '../charting.module.css';
import { layerFor } from '../model/eventDraft';
import { type Favourite, keyOf } from '../model/favourites';
import { paintOf } from '../model/toothPicture';
import type { ChartWords } from '../useChartWords';
import css from './favourites.module.css';
import type { FavouriteStars } from './useFavourites';

interface FavouriteRowProps {
  stars: FavouriteStars;
  terms: readonly ChartTerm[];
  layer: ChartLayer;
  numbering: Numbering;
  words: ChartWords;
  busy: boolean;
  onRecord: (favourite: Favourite) => void;
}

/** States that are recorded with one press on what is chosen; their digit does the same in a typed line. */
export function FavouriteRow(props: FavouriteRowProps) {
  const { stars, terms, layer, numbering, words, busy, onRecord } = props;
  const { t } = useTranslation('charting');
  return (
    <fieldset className={charting.group}>
      <legend>{t('favourites.title')}</legend>
      {stars.row.length === 0 && <p className={charting.hint}>{t('favourites.none')}</p>}
      {stars.row.map((favourite, index) => {
        const term = terms.find(({ code }) => code === favourite.code);
        if (!term) return null;
        const { code, material } = favourite;
        return (
          <UnstyledButton
            key={keyOf(favourite)}
            className={charting.term}
            data-paint={paintOf({ layer: layerFor(term, layer), code })}
            disabled={busy}
            onClick={() => onRecord(favourite)}
          >
            <span>
              {words.code(code)}
              {material && <span className={css.material}> {words.material(material)}</span>}
            </span>
            <span className={css.digit} aria-hidden="true">
              {/* A bare digit is a tooth in Universal numbering. */}
              {numbering === 'universal' ? `.${index + 1}` : index + 1}
            </span>
          </UnstyledButton>
        );
      })}
    </fieldset>
  );
}

/** Stars what the palette holds, or takes its star away. */
export function StarButton({ stars, favourite }: { stars: FavouriteStars; favourite: Favourite | null }) {
  const { t } = useTranslation('charting');
  if (!favourite) return null;
  const starred = stars.starred(favourite);
  return (
    <Button
      variant="subtle"
      leftSection={starred ? <IconStarFilled size={16} /> : <IconStar size={16} />}
      aria-pressed={starred}
      disabled={!starred && stars.full}
      title={!starred && stars.full ? t('favourites.full') : undefined}
      onClick={() => stars.toggle(favourite)}
    >
      {t('favourites.star')}
    </Button>
  );
}
