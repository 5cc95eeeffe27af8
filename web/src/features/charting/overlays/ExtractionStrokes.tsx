import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** Two parallel strokes: this tooth is to be taken out. */
export function ExtractionStrokes({ shape, paint }: { shape: ToothShape; paint: Paint }) {
  const half = shape.width * 0.4;
  const [edge, apex] = [shape.crownHeight * 0.95, -shape.rootLength * 0.8];
  return (
    <path
      d={path`M${-half - 0.7} ${edge}L${half - 0.7} ${apex}M${-half + 0.7} ${edge}L${half + 0.7} ${apex}`}
      style={{ stroke: paintColour(paint) }}
      strokeWidth="0.5"
      strokeLinecap="round"
      fill="none"
    />
  );
}
