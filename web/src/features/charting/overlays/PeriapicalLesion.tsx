import type { ToothShape } from '@/lib/anatomy/proportions';
import { rootApices } from '@/lib/anatomy/rootPath';
import type { Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** A shadow around the apex of the longest front root. */
export function PeriapicalLesion({ shape, paint }: { shape: ToothShape; paint: Paint }) {
  const apices = rootApices(shape);
  const apex = apices[Math.min(1, apices.length - 1)];
  if (!apex) return null;
  const colour = paintColour(paint);
  return (
    <circle
      cx={apex.x}
      cy={-apex.depth * 1.02}
      r="1.7"
      style={{ fill: colour, stroke: colour }}
      fillOpacity="0.26"
      strokeWidth="0.3"
      strokeDasharray="0.7 0.35"
    />
  );
}
