import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import { rootApices } from '@/lib/anatomy/rootPath';
import type { Mark } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

interface RootMarkProps {
  shape: ToothShape;
  mark: Mark;
}

/** The tip that was cut off, with the filling of its stump. */
export function Apicectomy({ shape, mark }: RootMarkProps) {
  return rootApices(shape).map(({ x, depth }) => (
    <path
      key={x}
      d={path`M${x - 1.3} ${-depth * 0.84}L${x + 1.3} ${-depth * 0.9}`}
      style={{ stroke: paintColour(mark.paint) }}
      strokeWidth="0.5"
      strokeLinecap="round"
      strokeDasharray={mark.paint === 'plan' ? '0.7 0.35' : undefined}
    />
  ));
}

/** Bites out of the side of the root. */
export function Resorption({ shape, mark }: RootMarkProps) {
  const [apex] = rootApices(shape);
  if (!apex) return null;
  const colour = paintColour(mark.paint);
  return [0.42, 0.6, 0.78].map((part) => (
    <circle
      key={part}
      cx={apex.x - shape.neckWidth * 0.2 * (1.1 - part)}
      cy={-apex.depth * part}
      r="0.62"
      style={{ fill: colour, stroke: colour }}
      fillOpacity="0.35"
      strokeWidth="0.22"
    />
  ));
}

/** A triangle where the roots part: open, half filled and filled for the grades I to III. */
export function Furcation({ shape, mark }: RootMarkProps) {
  const colour = paintColour(mark.paint);
  const grade = mark.severity ?? 1;
  const y = -shape.rootLength * 0.42;
  const half = 0.95;
  return (
    <>
      <path
        d={path`M0 ${y + 1.5}L${-half} ${y}H${half}Z`}
        style={{ fill: grade === 3 ? colour : 'var(--cell)', stroke: colour }}
        strokeWidth="0.32"
        strokeLinejoin="round"
      />
      {grade === 2 && <path d={path`M0 ${y + 1.5}L${-half} ${y}H0Z`} style={{ fill: colour }} />}
    </>
  );
}
