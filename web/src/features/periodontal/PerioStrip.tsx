import { memo, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PerioTooth } from '@/api/types';
import { type Side, type ToothCode, toothOf } from '@/lib/teeth';
import type { Teeth } from './model/changes';
import { isOuter, type Place, placeId, rootsUp, type Strip, sitesOf, teethOf } from './model/sites';
import css from './perio.module.css';
import { SignMarks } from './SignMarks';
import { StripPicture } from './StripPicture';
import type { PerioWords } from './usePerioWords';

interface PerioStripProps {
  strip: Strip;
  teeth: Teeth;
  /** The same a moment later: the drawing does not hold a key up. */
  drawn: Teeth;
  words: PerioWords;
  threshold: number;
  side: Side | null;
  at: Place | null;
  onPlace: (place: Place) => void;
  onTooth: ((tooth: ToothCode) => void) | undefined;
}

/** One row of teeth from one side: its numbers, and the drawing they stand beside. */
export const PerioStrip = memo(
  function PerioStrip(props: PerioStripProps) {
    const { strip, teeth, words, threshold, side, at } = props;
    const { t } = useTranslation('periodontal');
    const codes = useMemo(
      () => teethOf(strip).filter((code) => !side || toothOf(code).side === side),
      [strip, side],
    );
    // The handlers change with every render of the page, the columns only with what they show.
    const handlers = useRef(props);
    handlers.current = props;
    const pick = useRef((place: Place) => {
      handlers.current.onPlace(place);
      handlers.current.onTooth?.(place.tooth);
    });
    const pickTooth = useRef((tooth: ToothCode) => handlers.current.onTooth?.(tooth));
    return (
      <div className={css.strip} data-roots={rootsUp(strip) ? 'up' : 'down'} data-strip={strip}>
        <div className={css.stripName} dir="auto" aria-hidden="true">
          {words.strip(strip)}
        </div>
        <div className={css.rowNames} aria-hidden="true">
          <span dir="auto">{t('row.tooth')}</span>
          <span dir="auto">{t('row.signs')}</span>
          <span dir="auto">{t('row.cal')}</span>
          <span dir="auto">{t('row.margin')}</span>
          <span dir="auto">{t('row.depth')}</span>
        </div>
        {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell */}
        {/* biome-ignore lint/a11y/useSemanticElements: a tooth's columns lie in boxes of their own, which a table has not */}
        <div
          className={css.columns}
          style={{ gridTemplateColumns: `repeat(${codes.length}, minmax(0, 1fr))` }}
          role="row"
          aria-label={words.strip(strip)}
        >
          {codes.map((code) => {
            const reading = teeth[code];
            return (
              reading && (
                <ToothColumn
                  key={code}
                  code={code}
                  strip={strip}
                  reading={reading}
                  words={words}
                  threshold={threshold}
                  site={at?.tooth === code ? at.site : null}
                  onPlace={pick.current}
                  onTooth={pickTooth.current}
                />
              )
            );
          })}
        </div>
        <StripPicture strip={strip} codes={codes} teeth={props.drawn} threshold={threshold} />
      </div>
    );
  },
  (before, after) =>
    before.threshold === after.threshold &&
    before.side === after.side &&
    before.at === after.at &&
    before.words === after.words &&
    teethOf(after.strip).every(
      (code) => before.teeth[code] === after.teeth[code] && before.drawn[code] === after.drawn[code],
    ),
);

interface ToothColumnProps {
  code: ToothCode;
  strip: Strip;
  reading: PerioTooth;
  words: PerioWords;
  threshold: number;
  site: string | null;
  onPlace: (place: Place) => void;
  onTooth: (tooth: ToothCode) => void;
}

const ToothColumn = memo(function ToothColumn(props: ToothColumnProps) {
  const { code, strip, reading, words, threshold } = props;
  const { t } = useTranslation('periodontal');
  const missing = reading.presence === 'missing';
  return (
    <div className={css.column} data-midline={code === '21' || code === '31' || undefined}>
      {/* The number is a shortcut for the hand; the keyboard reaches the tooth through its sites and the panel. */}
      <div
        className={css.number}
        data-missing={missing || undefined}
        aria-hidden="true"
        onClick={() => props.onTooth(code)}
      >
        {missing ? <s>{code}</s> : code}
        {isOuter(strip) && <ToothMarks reading={reading} words={words} />}
      </div>
      {sitesOf(code, strip).map((site) => {
        const of = reading.sites[site];
        if (!of) return null;
        const deep = of.depth != null && of.depth >= threshold;
        return (
          // biome-ignore lint/a11y/useSemanticElements: a tooth's columns lie in boxes of their own, which a table has not
          // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus and names its active cell
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
          <div
            key={site}
            id={placeId({ tooth: code, site })}
            role="gridcell"
            className={css.site}
            data-missing={missing || undefined}
            data-deep={deep || undefined}
            data-at={props.site === site || undefined}
            aria-selected={props.site === site}
            aria-disabled={missing || undefined}
            aria-label={`${words.place(code, site)}: ${missing ? t('presence.missing') : words.reading(of)}`}
            onClick={() => (missing ? props.onTooth(code) : props.onPlace({ tooth: code, site }))}
          >
            <SignMarks site={of} />
            <span className={css.cal}>{missing ? '' : written(of.cal)}</span>
            <span className={css.margin}>{missing ? '' : written(of.margin)}</span>
            <span className={css.depth}>{missing ? '' : written(of.depth)}</span>
          </div>
        );
      })}
    </div>
  );
});

/** A minus that is as wide as a digit. */
const written = (value: number | null | undefined) =>
  value == null ? '' : value < 0 ? `−${-value}` : `${value}`;

function ToothMarks({ reading, words }: { reading: PerioTooth; words: PerioWords }) {
  const furcation = Object.entries(reading.furcation).filter(([, degree]) => degree);
  return (
    <span className={css.toothMarks}>
      {reading.presence === 'implant' && <span>⌶</span>}
      {reading.mobility ? <span>M{words.degree(reading.mobility)}</span> : null}
      {furcation.length > 0 && (
        <span>
          F{furcation.map(([entrance, degree]) => `${entrance}${words.degree(degree ?? 0)}`).join(' ')}
        </span>
      )}
    </span>
  );
}
