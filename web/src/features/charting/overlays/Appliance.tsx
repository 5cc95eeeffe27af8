import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Mark } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** A bracket with its slot, a band around the crown, or the cross through one that is to come off. */
export function Appliance({ shape, mark }: { shape: ToothShape; mark: Mark }) {
  const { width: w, crownHeight: h } = shape;
  const style = { fill: 'url(#tooth-metal)', stroke: paintColour(mark.paint) };
  const dashes = mark.paint === 'plan' ? '0.7 0.35' : undefined;
  if (mark.code === 'band') {
    return (
      <path
        d={path`M${-w * 0.47} ${h * 0.38}Q0 ${h * 0.3} ${w * 0.47} ${h * 0.38}V${h * 0.62}Q0 ${h * 0.54} ${-w * 0.47} ${h * 0.62}Z`}
        style={style}
        strokeWidth="0.3"
        strokeDasharray={dashes}
      />
    );
  }
  const [half, y] = [Math.min(1.3, w * 0.2), h * 0.52];
  return (
    <>
      <rect
        x={-half}
        y={y - half}
        width={half * 2}
        height={half * 2}
        rx="0.25"
        style={style}
        strokeWidth="0.3"
        strokeDasharray={dashes}
      />
      <path d={path`M${-half} ${y}H${half}`} style={{ stroke: paintColour(mark.paint) }} strokeWidth="0.3" />
      {mark.code === 'appliance_removed' && (
        <path
          d={path`M${-half - 0.5} ${y - half - 0.5}L${half + 0.5} ${y + half + 0.5}M${half + 0.5} ${y - half - 0.5}L${-half - 0.5} ${y + half + 0.5}`}
          style={{ stroke: paintColour(mark.paint) }}
          strokeWidth="0.42"
          strokeLinecap="round"
        />
      )}
    </>
  );
}
