import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** A crust along the gum line. */
export function Calculus({ shape, paint }: { shape: ToothShape; paint: Paint }) {
  const half = shape.neckWidth * 0.46;
  const step = half / 2;
  const y = shape.crownHeight * 0.1;
  return (
    <path
      d={path`M${-half} ${y}q${step / 2} 0.7 ${step} 0t${step} 0t${step} 0t${step} 0`}
      style={{ stroke: paintColour(paint) }}
      strokeWidth="0.4"
      strokeLinecap="round"
      fill="none"
    />
  );
}
