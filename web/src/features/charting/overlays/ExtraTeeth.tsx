import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Surface } from '@/lib/surfaces';
import type { ToothPicture } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

const HALF = 1.25;
const CROWN = 3.4;
const ROOT = 4.2;
/** A peg: a cone of a crown over a short root, its neck at the origin. */
const PEG = path`M${-HALF} 0C${-HALF * 1.3} ${CROWN * 0.5} ${-HALF * 0.6} ${CROWN} 0 ${CROWN}S${HALF * 1.3} ${CROWN * 0.5} ${HALF} 0L${HALF * 0.35} ${-ROOT}Q0 ${-ROOT - 0.5} ${-HALF * 0.35} ${-ROOT}Z`;

/** Small teeth beside their neighbour: towards the midline or away from it, in front of it or (dashed) behind. */
export function ExtraTeeth({ shape, extra }: { shape: ToothShape; extra: ToothPicture['extra'] }) {
  const beside = shape.columnWidth / 2;
  const places: Partial<Record<Surface, readonly [x: number, y: number]>> = {
    M: [beside - 0.4, 0],
    D: [0.4 - beside, 0],
    B: [shape.width * 0.22, -ROOT * 0.6],
    L: [-shape.width * 0.22, -ROOT * 0.6],
  };
  return (Object.keys(places) as Surface[]).map((side) => {
    const tooth = extra[side];
    const place = places[side];
    if (!tooth || !place) return null;
    return (
      <g key={side} transform={path`translate(${place[0]} ${place[1]})`} data-extra={side}>
        <path
          d={PEG}
          style={{ fill: 'url(#tooth-enamel)', stroke: paintColour(tooth.mark.paint) }}
          strokeWidth="0.36"
          strokeLinejoin="round"
          strokeDasharray={side === 'L' ? '0.7 0.4' : undefined}
        />
        {tooth.extraction && (
          <path
            d={path`M${-HALF * 1.3} ${-ROOT * 0.5}L${HALF * 0.5} ${CROWN}M${-HALF * 0.3} ${-ROOT * 0.5}L${HALF * 1.5} ${CROWN}`}
            style={{ stroke: paintColour(tooth.extraction.paint) }}
            strokeWidth="0.42"
            strokeLinecap="round"
          />
        )}
      </g>
    );
  });
}
