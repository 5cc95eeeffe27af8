import { Checkbox, Select, Textarea, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChartTerm } from '@/api/types';
import { SURFACES } from '@/lib/surfaces';
import css from '../charting.module.css';
import { mayBeDoneElsewhere, takesSurfaces } from '../model/eventDraft';
import type { ChartWords } from '../useChartWords';
import { toggled } from './nextSelection';
import type { ChartEntry } from './useChartEntry';

interface EntryPartProps {
  entry: ChartEntry;
  term: ChartTerm | undefined;
  words: ChartWords;
}

/** Surfaces by letter, for those who do not pick them on the picture. */
export function SurfaceKeys({ entry: { palette, change }, term, words }: EntryPartProps) {
  const { t } = useTranslation('charting');
  const tooth = palette.teeth[0] ?? '46';
  if (term && !takesSurfaces(term)) return null;
  return (
    <fieldset className={css.group}>
      <legend>{t('entry.surfaces')}</legend>
      {(term?.surfaces ?? SURFACES).map((surface) => (
        <UnstyledButton
          key={surface}
          className={css.surfaceKey}
          aria-pressed={palette.surfaces.includes(surface)}
          aria-label={words.surface(surface, tooth)}
          title={words.surface(surface, tooth)}
          onClick={() => change({ surfaces: toggled(palette.surfaces, surface) })}
        >
          {words.letter(surface, tooth)}
        </UnstyledButton>
      ))}
    </fieldset>
  );
}

/** What the chosen state may say more: material, grade, done elsewhere. */
export function EntryDetails({ entry, term, words }: EntryPartProps) {
  const { t } = useTranslation('charting');
  const { palette, change } = entry;
  return (
    <>
      {term && term.materials.length > 0 && (
        <Select
          label={t('entry.material')}
          placeholder={t('entry.materialOpen')}
          data={term.materials.map((value) => ({ value, label: words.material(value) }))}
          value={palette.material}
          onChange={(material) => change({ material })}
          clearable
        />
      )}
      {term && term.severities.length > 0 && (
        <fieldset className={css.group}>
          <legend>{t('entry.grade')}</legend>
          {term.severities.map((severity) => (
            <UnstyledButton
              key={severity}
              className={css.surfaceKey}
              aria-pressed={palette.severity === String(severity)}
              onClick={() =>
                change({ severity: palette.severity === String(severity) ? null : String(severity) })
              }
            >
              {severity}
            </UnstyledButton>
          ))}
        </fieldset>
      )}
      {mayBeDoneElsewhere(term, palette.layer) && (
        <Checkbox
          size="sm"
          label={t('entry.elsewhere')}
          checked={entry.elsewhere}
          onChange={(event) => entry.setElsewhere(event.currentTarget.checked)}
        />
      )}
      <Textarea
        label={t(term?.note_required ? 'entry.noteOnTooth' : 'entry.note')}
        required={term?.note_required ?? false}
        value={palette.note}
        onChange={(event) => change({ note: event.currentTarget.value })}
        maxLength={500}
        autosize
        minRows={1}
        maxRows={5}
      />
    </>
  );
}
