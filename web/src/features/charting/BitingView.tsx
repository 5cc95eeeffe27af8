import { memo } from 'react';
import type { Point } from '@/lib/anatomy/pathText';
import { toothShape } from '@/lib/anatomy/proportions';
import { surfaceCell } from '@/lib/anatomy/surfaceCells';
import { CROWN_SURFACES, type CrownSurface } from '@/lib/surfaces';
import type { ToothCode } from '@/lib/teeth';
import { materialLetter } from './model/materialLetters';
import type { ToothPicture } from './model/toothPicture';
import { hatch, paintColour } from './OdontogramDefs';
import css from './odontogram.module.css';
import { MaterialLetter, SurfaceFill } from './overlays/SurfaceFill';

interface BitingViewProps {
  code: ToothCode;
  picture: ToothPicture;
  /** Surfaces chosen for the next entry, as letters. */
  picked: string;
}

/** The five surfaces of a tooth seen from its biting side. */
export const BitingView = memo(function BitingView({ code, picture, picked }: BitingViewProps) {
  const shape = toothShape(code);
  const cell = surfaceCell(shape);
  const mirror = shape.side === 'left' ? -1 : 1;
  const { crown } = picture;
  const letter = fillingLetter(picture);
  const upright = ([x, y]: Point): Point => [x * mirror, y];
  const crownLetter = crown ? materialLetter(crown.material) : '';
  return (
    <>
      <g transform={`scale(${mirror} 1)`}>
        {CROWN_SURFACES.map((surface) => (
          <path key={surface} className={css.surface} data-surface={surface} d={cell.walls[surface]} />
        ))}
        {!picture.surfaces.O && !crown && cell.fissures && (
          <path
            className={css.through}
            d={cell.fissures}
            style={{ stroke: 'var(--fissure)' }}
            strokeWidth="0.18"
            strokeLinecap="round"
            fill="none"
          />
        )}
        {!crown &&
          CROWN_SURFACES.map((surface) => {
            const marks = picture.surfaces[surface];
            return marks && <SurfaceFill key={surface} outline={cell.walls[surface]} marks={marks} />;
          })}
        {crown && (
          <g className={css.through} style={{ stroke: paintColour(crown.paint) }} strokeWidth="0.3">
            {CROWN_SURFACES.map((surface) => (
              <path key={surface} d={cell.walls[surface]} style={{ fill: hatch(crown.paint) }} />
            ))}
            <path d={cell.outline} fill="none" strokeWidth="0.42" />
          </g>
        )}
        {[...picked].map((surface) => (
          <path key={surface} className={css.picked} d={cell.walls[surface as CrownSurface]} />
        ))}
      </g>
      {letter && !crown && (
        <MaterialLetter
          at={upright(cell.centres[letter.surface])}
          letter={letter.text}
          outlined={letter.planned}
        />
      )}
      {crownLetter && <MaterialLetter at={[0, 0]} letter={crownLetter} outlined />}
    </>
  );
});

/** One letter a tooth, on the first filled surface, the biting one before the others. */
function fillingLetter(
  picture: ToothPicture,
): { surface: CrownSurface; text: string; planned: boolean } | null {
  const order: CrownSurface[] = ['O', 'M', 'D', 'B', 'L'];
  for (const surface of order) {
    const marks = picture.surfaces[surface];
    const mark = marks?.base?.material ? marks.base : marks?.plan;
    const text = mark?.code === 'sealant' ? 'S' : materialLetter(mark?.material ?? null);
    if (text) return { surface, text, planned: mark?.paint === 'plan' };
    if (marks?.base?.code === 'sealant') return { surface, text: 'S', planned: false };
  }
  return null;
}
