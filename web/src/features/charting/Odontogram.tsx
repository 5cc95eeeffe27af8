import { type MouseEvent, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Chart, ChartTooth } from '@/api/types';
import { archLayout, type Dentition, type Extent, gingivaPath, viewBox } from '@/lib/anatomy/archLayout';
import { isUsuallyErupted } from '@/lib/anatomy/eruption';
import { type Numbering, toothLabel } from '@/lib/anatomy/numbering';
import { path } from '@/lib/anatomy/pathText';
import type { Surface } from '@/lib/surfaces';
import { type ToothCode, toothOf } from '@/lib/teeth';
import type { ChangeKind } from './model/chartDiff';
import { joints, type ToothPicture, toothPicture } from './model/toothPicture';
import { OdontogramDefs } from './OdontogramDefs';
import css from './odontogram.module.css';
import { Joints } from './overlays/Joints';
import { Tooth } from './Tooth';
import type { ChartWords } from './useChartWords';
import { type NavigationHandlers, useToothNavigation } from './useToothNavigation';

export interface OdontogramProps extends NavigationHandlers {
  chart: Chart;
  dentition: Dentition;
  /** What the picture is called, where there are several. */
  label?: string;
  words: ChartWords;
  numbering: Numbering;
  /** A narrow screen shows one side at a time. */
  extent?: Extent;
  onExtentChange?: (extent: Extent) => void;
  selected?: ReadonlySet<ToothCode>;
  /** Surfaces chosen for the next entry on the selected teeth. */
  picked?: readonly Surface[];
  onPickSurface?: (code: ToothCode, surface: Surface) => void;
  /** Teeth that differ from another day. */
  marks?: ReadonlyMap<ToothCode, ChangeKind>;
  /** Age on the day shown; teeth that nothing is known of are drawn faintly before they erupt. */
  ageYears?: number | null;
}

const NONE: ReadonlySet<ToothCode> = new Set();
const UNMARKED: ReadonlyMap<ToothCode, ChangeKind> = new Map();
const CROWN_LETTERS = /[VR]/g;

const UNTOUCHED = toothPicture(undefined);
const drawn = new WeakMap<ChartTooth, ToothPicture>();

/** A tooth that did not change keeps its picture, so that it is not drawn again when another one does. */
function pictureOf(entry: ChartTooth | undefined): ToothPicture {
  if (!entry) return UNTOUCHED;
  const known = drawn.get(entry) ?? toothPicture(entry);
  drawn.set(entry, known);
  return known;
}

/** The dental chart: seen from the front, the patient's right at the viewer's left, in every language. */
export function Odontogram(props: OdontogramProps) {
  const { chart, dentition, words, numbering, extent = 'whole', selected = NONE, marks = UNMARKED } = props;
  const { t } = useTranslation('charting');
  const layout = useMemo(() => archLayout(dentition), [dentition]);
  const pictures = useMemo(
    () =>
      new Map(
        layout.rows.flatMap((row) =>
          row.teeth.map(({ code }) => [code, pictureOf(chart.teeth[code])] as const),
        ),
      ),
    [layout, chart],
  );
  const onExtentChange = props.onExtentChange;
  const reveal = useCallback(
    (code: ToothCode) => {
      if (extent !== 'whole' && toothOf(code).side !== extent) onExtentChange?.(toothOf(code).side);
    },
    [extent, onExtentChange],
  );
  const navigation = useToothNavigation(layout, props, reveal);
  const picked = (props.picked ?? []).join('').replace(CROWN_LETTERS, '');
  const secondNumbering: Numbering = numbering === 'fdi' ? 'universal' : 'fdi';

  const onClick = (event: MouseEvent<SVGSVGElement>) => {
    const target = event.target as Element;
    const code = target.closest<SVGGElement>('[data-tooth]')?.dataset.tooth;
    if (!code) return;
    navigation.setFocused(code);
    const surface = (target as SVGElement).dataset.surface as Surface | undefined;
    if (surface && props.onPickSurface) {
      props.onPickSurface(code, surface);
    } else {
      props.onSelect?.(code, event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'only');
    }
  };

  return (
    <div className={css.odontogram} dir="ltr">
      <div className={css.sides} aria-hidden="true">
        <span dir="auto">{extent === 'left' ? '' : t('side.right')}</span>
        <span dir="auto">{extent === 'right' ? '' : t('side.left')}</span>
      </div>
      <svg
        viewBox={viewBox(layout, extent)}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: SVG has no list box of its own; the teeth are its options
        role="listbox"
        aria-multiselectable="true"
        aria-label={props.label ?? t('chart.label')}
        data-dentition={dentition}
        className={props.onPickSurface ? css.pickable : undefined}
        onClick={onClick}
        onKeyDown={navigation.onKeyDown}
      >
        <OdontogramDefs />
        {layout.rows.map((row) => (
          <path
            key={`${row.arch}${row.primary}`}
            d={gingivaPath(row, layout.width)}
            fill={row.arch === 'upper' ? 'url(#tooth-gum-upper)' : 'url(#tooth-gum-lower)'}
          />
        ))}
        <path
          className={css.guide}
          d={path`M${layout.midlineX} 2V${layout.height - 1}M1 ${layout.bitingLineY}H${layout.width - 1}`}
        />
        {layout.rows.map((row) => (
          <g key={`${row.arch}${row.primary}`}>
            {row.teeth.map(({ code, x, columnWidth }) => {
              const entry = chart.teeth[code];
              const mark = marks.get(code);
              const unknown = !entry || (entry.present && entry.states.length === 0);
              return (
                <Tooth
                  key={code}
                  code={code}
                  x={x}
                  columnWidth={columnWidth}
                  row={row}
                  picture={pictures.get(code) ?? UNTOUCHED}
                  label={
                    mark ? `${words.tooth(code, entry)} (${t(`compare.${mark}`)})` : words.tooth(code, entry)
                  }
                  number={toothLabel(code, numbering)}
                  secondNumber={toothLabel(code, secondNumbering)}
                  selected={selected.has(code)}
                  reachable={navigation.reachable === code}
                  faint={
                    dentition === 'mixed' &&
                    unknown &&
                    props.ageYears != null &&
                    !isUsuallyErupted(code, props.ageYears)
                  }
                  mark={mark}
                  picked={selected.has(code) ? picked : ''}
                />
              );
            })}
          </g>
        ))}
        {layout.rows.map((row) => (
          <Joints
            key={`${row.arch}${row.primary}`}
            row={row}
            joints={joints(
              chart.teeth,
              row.teeth.map(({ code }) => code),
            )}
          />
        ))}
      </svg>
    </div>
  );
}
