import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartLayer, ChartTerm } from '@/api/types';
import type { Numbering } from '@/lib/anatomy/numbering';
import { useCan } from '@/lib/permissions';
import css from './charting.module.css';
import { EntryDetails, SurfaceKeys } from './entry/EntryDetails';
import { QuickEntryLine } from './entry/QuickEntryLine';
import { StatePalette } from './entry/StatePalette';
import type { ChartEntry } from './entry/useChartEntry';
import { FavouriteRow, StarButton } from './favourites/FavouriteRow';
import type { FavouriteStars } from './favourites/useFavourites';
import { LAYERS } from './model/eventDraft';
import type { ChartWords } from './useChartWords';

const PERMISSION = {
  finding: 'charting.write_findings',
  plan: 'charting.write_plan',
  done: 'charting.write_done',
} as const;

export function useMayChart(): Record<ChartLayer, boolean> {
  const can = useCan();
  return { finding: can(PERMISSION.finding), plan: can(PERMISSION.plan), done: can(PERMISSION.done) };
}

interface ChartEditorProps {
  entry: ChartEntry;
  stars: FavouriteStars;
  numbering: Numbering;
  terms: readonly ChartTerm[];
  words: ChartWords;
  line: string;
  onLine: (line: string) => void;
  lineRef: RefObject<HTMLInputElement | null>;
  onLeaveLine: () => void;
}

/** The palette: a layer, a state and its details for the chosen teeth, or one typed line for all of it. */
export function ChartEditor(props: ChartEditorProps) {
  const { entry, stars, numbering, terms, words, line, onLine, lineRef, onLeaveLine } = props;
  const { t } = useTranslation('charting');
  const may = useMayChart();
  const [applying, setApplying] = useState(false);
  const { palette, problem } = entry;
  const term = terms.find((candidate) => candidate.code === palette.code);
  const layers = LAYERS.filter((layer) => may[layer]);

  const applyLine = async () => {
    if (applying) return;
    setApplying(true);
    if (await entry.applyLine(line)) onLine('');
    setApplying(false);
  };
  const changeLayer = (layer: ChartLayer) =>
    entry.change({ layer, ...(term && !term.layers.includes(layer) ? { code: null, material: null } : {}) });

  return (
    <div className={css.editor}>
      <QuickEntryLine
        value={line}
        onChange={onLine}
        onApply={() => void applyLine()}
        onLeave={onLeaveLine}
        error={problem ? t(`problem.${problem.kind}`, { word: problem.word }) : null}
        inputRef={lineRef}
      />
      <SegmentedControl
        fullWidth
        size="sm"
        aria-label={t('entry.layer')}
        value={palette.layer}
        onChange={(layer) => changeLayer(layer as ChartLayer)}
        data={LAYERS.map((layer) => ({ value: layer, label: words.layer(layer), disabled: !may[layer] }))}
      />
      {layers.length < LAYERS.length && <p className={css.hint}>{t('entry.noRight')}</p>}
      <p className={css.chosen}>
        {palette.teeth.length === 0 ? (
          t('entry.noneSelected')
        ) : (
          <>
            {t('entry.selectedTeeth')} <bdi dir="ltr">{palette.teeth.map(words.label).join('  ')}</bdi>
            {palette.teeth.length === 1 && (
              <span className={css.toothName}> {words.toothName(palette.teeth[0] ?? '')}</span>
            )}
          </>
        )}
      </p>
      <FavouriteRow
        stars={stars}
        terms={terms}
        layer={palette.layer}
        numbering={numbering}
        words={words}
        busy={entry.busy || !may[palette.layer]}
        onRecord={(favourite) => void entry.applyFavourite(favourite)}
      />
      <SurfaceKeys entry={entry} term={term} words={words} />
      <EntryDetails entry={entry} term={term} words={words} />
      <div className={css.buttons}>
        <Button
          leftSection={<IconCheck size={16} />}
          onClick={() => void entry.apply()}
          loading={entry.busy}
          disabled={!may[palette.layer]}
        >
          {t('entry.apply')}
        </Button>
        <Button
          variant="default"
          onClick={entry.clear}
          disabled={palette.teeth.length === 0 && palette.surfaces.length === 0}
        >
          {t('entry.clear')}
        </Button>
        <StarButton
          stars={stars}
          favourite={palette.code ? { code: palette.code, material: palette.material } : null}
        />
      </div>
      <StatePalette
        terms={terms}
        layer={palette.layer}
        chosen={palette.code}
        words={words}
        onChoose={entry.chooseCode}
      />
    </div>
  );
}

/** Takes back one's own latest entry of this session; shown in the title of the palette. */
export function UndoLastEntry({ entry }: { entry: ChartEntry }) {
  const { t } = useTranslation('charting');
  if (!entry.undoLast) return null;
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      leftSection={<IconArrowBackUp size={16} className="mirror" />}
      onClick={entry.undoLast}
      disabled={entry.busy}
      title={t('entry.undoWhat', { what: entry.lastWords })}
    >
      {t('entry.undo')}
    </Button>
  );
}
