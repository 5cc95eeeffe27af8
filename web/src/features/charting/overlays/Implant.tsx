import { implantOutline } from '../anatomy/implantPath';
import type { ToothShape } from '../anatomy/proportions';
import type { Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** The screw that stands where the root was; one that is only planned is a ghost with a dashed outline. */
export function Implant({ shape, paint }: { shape: ToothShape; paint: Paint }) {
  const { body, threads, abutment } = implantOutline(shape);
  const planned = paint === 'plan';
  const line = paint === 'existing' ? 'var(--metal-line)' : paintColour(paint);
  return (
    <g opacity={planned ? 0.7 : 1}>
      <path
        d={body}
        fill="url(#tooth-metal)"
        fillOpacity={planned ? 0.35 : 1}
        style={{ stroke: line }}
        strokeWidth="0.24"
        strokeDasharray={planned ? '0.9 0.4' : undefined}
      />
      <path d={threads} fill="none" style={{ stroke: line }} strokeWidth="0.34" strokeLinecap="round" />
      <path d={abutment} fill="url(#tooth-metal)" style={{ stroke: line }} strokeWidth="0.18" />
    </g>
  );
}
