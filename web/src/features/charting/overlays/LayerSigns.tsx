import { path } from '@/lib/anatomy/pathText';
import { paintsOf } from '../model/layerSigns';
import type { Paint, ToothPicture } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';
import css from '../odontogram.module.css';

/** Square, triangle, hollow diamond and disc: each layer by a shape, for those who cannot go by colours. */
const SIGN: Record<Paint, string> = {
  existing: 'M-0.5 -0.5H0.5V0.5H-0.5Z',
  pathology: 'M0 -0.58L0.6 0.5H-0.6Z',
  plan: 'M0 -0.6L0.6 0L0 0.6L-0.6 0Z',
  done: 'M-0.55 0A0.55 0.55 0 1 1 0.55 0A0.55 0.55 0 1 1 -0.55 0Z',
};

export function LayerSign({ paint }: { paint: Paint }) {
  return (
    <path
      d={SIGN[paint]}
      style={{ fill: paint === 'plan' ? 'var(--cell)' : paintColour(paint), stroke: paintColour(paint) }}
      strokeWidth="0.22"
      strokeLinejoin="round"
    />
  );
}

/** The signs of a tooth's layers in a row; the preset says whether they are shown. */
export function LayerSigns({ picture, x, y }: { picture: ToothPicture; x: number; y: number }) {
  const paints = paintsOf(picture);
  const start = x - ((paints.length - 1) * 1.7) / 2;
  return (
    <g className={css.layerSigns}>
      {paints.map((paint, index) => (
        <g key={paint} transform={path`translate(${start + index * 1.7} ${y}) scale(1.2)`}>
          <LayerSign paint={paint} />
        </g>
      ))}
    </g>
  );
}
