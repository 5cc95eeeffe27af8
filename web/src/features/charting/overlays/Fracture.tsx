import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

export function Fracture({ shape, paint }: { shape: ToothShape; paint: Paint }) {
  const { width: w, crownHeight: h } = shape;
  return (
    <path
      d={path`M${-w * 0.46} ${h * 0.55}L${-w * 0.1} ${h * 0.68}L0 ${h * 0.52}L${w * 0.2} ${h * 0.7}L${w * 0.46} ${h * 0.58}`}
      style={{ stroke: paintColour(paint) }}
      strokeWidth="0.38"
      strokeLinejoin="round"
      fill="none"
    />
  );
}
