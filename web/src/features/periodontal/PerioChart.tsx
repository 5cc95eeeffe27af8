import { type KeyboardEvent, useDeferredValue, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Side, toothOf } from '@/lib/teeth';
import { ToothGradients } from '@/ui/teeth/ToothGradients';
import teethCss from '@/ui/teeth/teeth.module.css';
import type { Teeth } from './model/changes';
import { type Key, readKey } from './model/entry';
import { type Place, placeId, STRIPS, stripOf } from './model/sites';
import { PerioStrip } from './PerioStrip';
import css from './perio.module.css';
import type { PerioWords } from './usePerioWords';

export interface PerioChartProps {
  teeth: Teeth;
  words: PerioWords;
  /** Millimetres from which a pocket is marked. */
  threshold: number;
  /** A narrow screen shows one side of the mouth at a time. */
  side: Side | null;
  onSide: (side: Side) => void;
  /** The site that the next key writes to; none in an exam that is only read. */
  at?: Place | undefined;
  /** The mode and what was typed of a number, read aloud. */
  hint?: string | undefined;
  onKey?: (key: Key) => void;
  onPlace?: (place: Place) => void;
  onTooth?: (tooth: string) => void;
}

/** The exam over the teeth: seen from the front, the patient's right at the viewer's left, in every language. */
export function PerioChart(props: PerioChartProps) {
  const { teeth, words, threshold, side, onSide, at, onKey } = props;
  const { t } = useTranslation('periodontal');
  const grid = useRef<HTMLDivElement>(null);
  const activeSide = at ? toothOf(at.tooth).side : null;
  useEffect(() => {
    if (side && activeSide && side !== activeSide) onSide(activeSide);
    // The side follows the site, never the other way round.
  }, [activeSide, side, onSide]);
  // Within a strip nothing scrolls: looking again only where a strip begins spares a layout at each key.
  const strip = at && stripOf(at);
  const atRef = useRef(at);
  atRef.current = at;
  useEffect(() => {
    if (!strip || !atRef.current || document.activeElement !== grid.current) return;
    document.getElementById(placeId(atRef.current))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [strip]);
  const drawn = useDeferredValue(teeth);

  const onKeyDown = (event: KeyboardEvent) => {
    const key = readKey(event.nativeEvent);
    if (!key || !onKey) return;
    event.preventDefault();
    onKey(key);
  };
  return (
    <div className={`${css.chart} ${teethCss.colours}`} dir="ltr">
      <div className={css.sides} aria-hidden="true">
        <span dir="auto">{side === 'left' ? '' : t('side.right')}</span>
        <span dir="auto">{side === 'right' ? '' : t('side.left')}</span>
      </div>
      <svg className={css.defs} aria-hidden="true">
        <defs>
          <ToothGradients />
          <pattern
            id="perio-deep"
            width="1.1"
            height="1.1"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width="1.1" height="1.1" className={css.deepFill} />
            <rect width="0.4" height="1.1" className={css.deepHatch} />
          </pattern>
        </defs>
      </svg>
      {/* biome-ignore lint/a11y/useSemanticElements: drawings stand between its rows, which a table has not */}
      <div
        ref={grid}
        className={css.grid}
        role="grid"
        aria-label={t('chart.label')}
        aria-readonly={!onKey}
        aria-describedby="perio-hint"
        aria-activedescendant={at ? placeId(at) : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {STRIPS.map((name) => (
          <PerioStrip
            key={name}
            strip={name}
            teeth={teeth}
            drawn={drawn}
            words={words}
            threshold={threshold}
            side={side}
            at={at && stripOf(at) === name ? at : null}
            onPlace={(place) => {
              props.onPlace?.(place);
              grid.current?.focus({ preventScroll: true });
            }}
            onTooth={props.onTooth}
          />
        ))}
      </div>
      <p id="perio-hint" className={css.srOnly}>
        {props.hint ?? t('chart.readHint')}
      </p>
    </div>
  );
}
