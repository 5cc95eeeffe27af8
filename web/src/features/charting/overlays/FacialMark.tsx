import { FACIAL_SURFACES, facialSurfacePath } from '@/lib/anatomy/crownPath';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Mark, ToothPicture } from '../model/toothPicture';
import { DONE_TEXTURE, paintColour, SICK_TEXTURE, wearTexture } from '../OdontogramDefs';

/** Caries and fillings as far as they show from outside. */
export function FacialMarks({ shape, surfaces }: { shape: ToothShape; surfaces: ToothPicture['surfaces'] }) {
  return FACIAL_SURFACES.map((surface) => {
    const marks = surfaces[surface];
    if (!marks) return null;
    const outline = facialSurfacePath(shape, surface);
    return (
      <g key={surface}>
        {marks.base && <FacialMark outline={outline} mark={marks.base} />}
        {marks.plan && <FacialMark outline={outline} mark={marks.plan} />}
      </g>
    );
  });
}

function FacialMark({ outline, mark }: { outline: string; mark: Mark }) {
  const colour = paintColour(mark.paint);
  const planned = mark.paint === 'plan';
  const worn = wearTexture(mark.code);
  const texture = mark.paint === 'done' ? DONE_TEXTURE : mark.paint === 'pathology' ? SICK_TEXTURE : null;
  return (
    <>
      <path
        d={outline}
        style={{ fill: worn ?? colour, stroke: colour }}
        fillOpacity={planned ? 0.2 : 0.88}
        strokeWidth={planned ? 0.36 : 0.12}
        strokeDasharray={planned ? '0.8 0.35' : undefined}
      />
      {texture && !worn && <path d={outline} fill={texture} />}
    </>
  );
}
