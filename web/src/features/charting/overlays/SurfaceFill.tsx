import type { Point } from '@/lib/anatomy/pathText';
import type { Mark, SurfaceMarks } from '../model/toothPicture';
import { DONE_TEXTURE, paintColour, SICK_TEXTURE, wearTexture } from '../OdontogramDefs';
import css from '../odontogram.module.css';

/** One surface of the biting view: what is there is solid, what is planned is hollow and dashed. */
export function SurfaceFill({ outline, marks }: { outline: string; marks: SurfaceMarks }) {
  const { base, defect, plan } = marks;
  return (
    <g className={css.through}>
      {base && <SolidFill outline={outline} mark={base} />}
      {defect && (
        <path
          d={outline}
          style={{ fill: base ? 'none' : SICK_TEXTURE, stroke: paintColour(defect.paint) }}
          strokeWidth="0.7"
          strokeDasharray="0.35 0.55"
          strokeLinejoin="round"
        />
      )}
      {plan && (
        <path
          d={outline}
          style={{ fill: paintColour('plan'), stroke: paintColour('plan') }}
          fillOpacity={base ? 0 : 0.24}
          strokeWidth="0.48"
          strokeDasharray="1 0.4"
          strokeLinejoin="round"
        />
      )}
    </g>
  );
}

function SolidFill({ outline, mark }: { outline: string; mark: Mark }) {
  const colour = paintColour(mark.paint);
  const sick = wearTexture(mark.code) ?? SICK_TEXTURE;
  const texture = mark.paint === 'done' ? DONE_TEXTURE : mark.paint === 'pathology' ? sick : null;
  return (
    <>
      <path
        d={outline}
        style={{ fill: colour, stroke: colour }}
        fillOpacity={depth(mark)}
        strokeWidth="0.3"
        strokeLinejoin="round"
      />
      {texture && <path d={outline} fill={texture} />}
    </>
  );
}

/** Early caries (ICDAS 1–2) is a shadow, not a hole; a sealant is a film. */
function depth(mark: Mark): number {
  if (mark.code === 'sealant') return 0.35;
  if (wearTexture(mark.code)) return 0.16;
  if (mark.paint === 'pathology' && mark.severity !== null && mark.severity < 3) return 0.45;
  return 1;
}

/** The letter of a material, upright whichever way the tooth is turned. */
export function MaterialLetter({ at, letter, outlined }: { at: Point; letter: string; outlined?: boolean }) {
  return (
    <text
      className={css.letter}
      x={at[0]}
      y={at[1]}
      style={
        outlined
          ? { fill: 'var(--number)', stroke: 'var(--cell)', strokeWidth: 0.7, paintOrder: 'stroke' }
          : { fill: 'var(--on-paint)' }
      }
    >
      {letter}
    </text>
  );
}
