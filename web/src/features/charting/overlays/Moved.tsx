import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Mark } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** Where a tooth that moved stands, as a transform in its own axes. */
export function movedTo(shape: ToothShape, mark: Mark | undefined): string | undefined {
  switch (mark?.code) {
    case 'tipped':
      return 'rotate(-9)';
    case 'drifted':
      return path`translate(${shape.width * 0.09} 0)`;
    case 'over_erupted':
      return path`translate(0 ${shape.crownHeight * 0.16})`;
    default:
      return undefined;
  }
}

const HEAD = 0.75;

/** An arrow over the biting edge that says which way: round, over to one side, along the arch or out of it. */
export function Moved({ shape, mark }: { shape: ToothShape; mark: Mark }) {
  const { width: w, crownHeight: h } = shape;
  const y = h + 1.5;
  const half = w * 0.26;
  const arrows: Record<string, string> = {
    rotated: path`M${-half} ${y}A${half} ${half * 0.7} 0 1 1 ${half} ${y}m${-HEAD} ${-HEAD * 0.4}l${HEAD} ${HEAD * 0.4}l${HEAD * 0.5} ${-HEAD}`,
    tipped: path`M${-half} ${y - 0.4}Q0 ${y - 0.6} ${half} ${y + 0.5}m${-HEAD} ${HEAD * 0.1}l${HEAD} ${-HEAD * 0.1}l${-HEAD * 0.3} ${-HEAD}`,
    drifted: path`M${-half} ${y}H${half}m${-HEAD} ${-HEAD * 0.7}l${HEAD} ${HEAD * 0.7}l${-HEAD} ${HEAD * 0.7}`,
    over_erupted: path`M0 ${y - 1.4}V${y + 1}m${-HEAD * 0.7} ${-HEAD}l${HEAD * 0.7} ${HEAD}l${HEAD * 0.7} ${-HEAD}`,
  };
  return (
    <path
      d={arrows[mark.code] ?? ''}
      style={{ stroke: paintColour(mark.paint) }}
      strokeWidth="0.38"
      strokeLinecap="round"
      strokeLinejoin="round"
      fill="none"
    />
  );
}
