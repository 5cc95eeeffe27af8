import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChartColours, ChartState } from '@/api/types';
import { archLayout } from '@/lib/anatomy/archLayout';
import { path } from '@/lib/anatomy/pathText';
import type { ChartColoursFieldProps } from '@/ui/slots';
import css from './coloursField.module.css';
import { toothPicture } from './model/toothPicture';
import { OdontogramDefs, ownHatches } from './OdontogramDefs';
import { LayerSign } from './overlays/LayerSigns';
import { Tooth } from './Tooth';
import { CHART_COLOURS, wearing } from './useChartColours';

const state = (layer: ChartState['layer'], code: string, more: Partial<ChartState> = {}): ChartState => ({
  event_id: code,
  layer,
  code,
  surfaces: [],
  existing_elsewhere: false,
  on: '',
  ...more,
});
/** One tooth for each thing a colour stands for. */
const SAMPLE: Record<string, ChartState[]> = {
  '16': [
    state('finding', 'filling', { surfaces: ['M', 'O'], material: 'amalgam' }),
    state('finding', 'root_canal'),
  ],
  '15': [state('finding', 'caries', { surfaces: ['O', 'D'] })],
  '14': [state('plan', 'crown')],
  '13': [state('done', 'filling', { surfaces: ['B'], material: 'composite' }), state('done', 'root_canal')],
};
const PAINTS = ['existing', 'pathology', 'plan', 'done'] as const;

/** The presets of the chart's colours, each as it looks. */
export default function ChartColoursField({ value, onChange, disabled }: ChartColoursFieldProps) {
  const { t } = useTranslation('charting');
  return (
    <Radio.Group value={value} onChange={onChange} label={t('colours.label')}>
      <div className={css.presets}>
        {CHART_COLOURS.map((colours) => (
          <div key={colours} className={css.preset}>
            <Radio
              value={colours}
              disabled={disabled}
              label={t(`colours.${colours}`)}
              description={t(`colours.about.${colours}`)}
            />
            <ColourPreview colours={colours} />
          </div>
        ))}
      </div>
    </Radio.Group>
  );
}

function ColourPreview({ colours }: { colours: ChartColours }) {
  const { t } = useTranslation('charting');
  const layout = archLayout('permanent');
  const [row] = layout.rows;
  const placed = row?.teeth.filter(({ code }) => code in SAMPLE) ?? [];
  const [first, last] = [placed[0], placed[placed.length - 1]];
  if (!row || !first || !last) return null;
  const from = first.x - first.columnWidth / 2;
  const to = last.x + last.columnWidth / 2;
  const worn = wearing(colours);
  return (
    <span {...worn} className={`${worn.className} ${css.preview}`} style={ownHatches(`-${colours}`)}>
      <svg viewBox={path`${from} ${row.top} ${to - from} ${row.bottom - row.top + 0.8}`} aria-hidden="true">
        <OdontogramDefs suffix={`-${colours}`} />
        {placed.map(({ code, x, columnWidth }) => (
          <Tooth
            key={code}
            {...{ code, x, columnWidth, row }}
            picture={toothPicture({ present: true, occupant: 'tooth', states: SAMPLE[code] ?? [] })}
            label=""
            number={code}
            secondNumber=""
            selected={false}
            reachable={false}
            faint={false}
            mark={undefined}
            picked=""
          />
        ))}
      </svg>
      <span className={css.key}>
        {PAINTS.map((paint) => (
          <span key={paint} className={css.paint}>
            <svg viewBox="-0.8 -0.8 1.6 1.6" width="12" height="12" aria-hidden="true">
              <LayerSign paint={paint} />
            </svg>
            {t(`legend.${paint}`)}
          </span>
        ))}
      </span>
    </span>
  );
}
