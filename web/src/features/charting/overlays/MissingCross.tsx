import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Paint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** Two crossed strokes over a tooth that is not there; in the colour of the work, with a ring, where it was taken out here. */
export function MissingCross({ shape, paint }: { shape: ToothShape; paint: Paint }) {
  const half = shape.width * 0.42;
  const [edge, apex] = [shape.crownHeight * 0.8, -shape.rootLength * 0.75];
  const done = paint === 'done';
  const style = { stroke: done ? paintColour('done') : 'var(--absent)' };
  return (
    <g strokeWidth="0.42" strokeLinecap="round" fill="none">
      <path d={path`M${-half} ${edge}L${half} ${apex}M${half} ${edge}L${-half} ${apex}`} style={style} />
      {done && <circle cy={(edge + apex) / 2} r="0.9" style={{ ...style, fill: 'var(--cell)' }} />}
    </g>
  );
}
