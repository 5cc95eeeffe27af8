import type { Paint } from '../model/toothPicture';
import { hatch, paintColour } from '../OdontogramDefs';
import css from '../odontogram.module.css';

/** A crown, abutment or pontic: hatched over the whole outline, dashed while only planned. */
export function CrownHatch({ outline, paint }: { outline: string; paint: Paint }) {
  return (
    <path
      className={css.through}
      d={outline}
      style={{ fill: hatch(paint), stroke: paintColour(paint) }}
      strokeWidth="0.42"
      strokeDasharray={paint === 'plan' ? '1.3 0.45' : undefined}
      strokeLinejoin="round"
    />
  );
}
