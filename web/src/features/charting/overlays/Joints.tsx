import type { ArchRow } from '@/lib/anatomy/archLayout';
import { path } from '@/lib/anatomy/pathText';
import { toothShape } from '@/lib/anatomy/proportions';
import type { Joint } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

interface JointsProps {
  row: ArchRow;
  joints: readonly Joint[];
}

/** What holds neighbouring teeth together or, as a gap, keeps them apart. */
export function Joints({ row, joints }: JointsProps) {
  const outwards = row.arch === 'upper' ? 1 : -1;
  return joints.map((joint) => {
    const left = row.teeth.find((placed) => placed.code === joint.from);
    const right = row.teeth.find((placed) => placed.code === joint.to);
    if (!left || !right) return null;
    const start = left.x + toothShape(joint.from).width / 2;
    const end = right.x - toothShape(joint.to).width / 2;
    const at = (depth: number) => row.neckY + outwards * depth * (row.primary ? 0.72 : 1);
    return (
      <JointMark key={joint.from + joint.code} {...{ joint, start, end, at }} centres={[left.x, right.x]} />
    );
  });
}

interface JointMarkProps {
  joint: Joint;
  /** The contact sides of both teeth. */
  start: number;
  end: number;
  centres: readonly [number, number];
  /** Millimetres from the neck towards the biting edge. */
  at(depth: number): number;
}

function JointMark({ joint, start, end, centres, at }: JointMarkProps) {
  const { code, paint } = joint;
  const style = { stroke: paintColour(paint) };
  const planned = paint === 'plan';
  const middle = (start + end) / 2;
  switch (code) {
    case 'diastema':
      return (
        <path
          d={path`M${middle - 0.5} ${at(2)}V${at(7.5)}M${middle + 0.5} ${at(2)}V${at(7.5)}`}
          style={style}
          strokeWidth="0.36"
          strokeLinecap="round"
        />
      );
    case 'splint':
      return (
        <path
          d={path`M${centres[0]} ${at(4.6)}H${centres[1]}M${centres[0]} ${at(5.4)}H${centres[1]}`}
          style={style}
          strokeWidth="0.42"
          strokeDasharray={planned ? '0.9 0.45' : undefined}
        />
      );
    case 'retainer':
      return (
        <path
          d={path`M${centres[0]} ${at(3)}q${(centres[1] - centres[0]) / 4} 1 ${(centres[1] - centres[0]) / 2} 0t${(centres[1] - centres[0]) / 2} 0`}
          style={style}
          fill="none"
          strokeWidth="0.5"
          strokeDasharray={planned ? '0.9 0.45' : undefined}
        />
      );
    case 'denture':
    case 'full_denture':
      return (
        <path
          d={path`M${centres[0]} ${at(-0.7)}H${centres[1]}`}
          style={style}
          strokeWidth={code === 'full_denture' ? 1.7 : 1}
          strokeOpacity="0.75"
          strokeDasharray={planned ? '0.9 0.45' : undefined}
        />
      );
    default:
      return (
        <path
          d={path`M${start - 0.3} ${at(3.9)}H${end + 0.3}`}
          style={style}
          strokeWidth="1.5"
          strokeDasharray={planned ? '0.6 0.3' : undefined}
        />
      );
  }
}
