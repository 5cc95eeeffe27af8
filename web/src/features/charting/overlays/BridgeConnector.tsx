import type { ArchRow } from '@/lib/anatomy/archLayout';
import { path } from '@/lib/anatomy/pathText';
import { toothShape } from '@/lib/anatomy/proportions';
import type { BridgeSpan } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** The bars that join the members of one bridge between their crowns. */
export function BridgeConnectors({ row, spans }: { row: ArchRow; spans: readonly BridgeSpan[] }) {
  const y = row.neckY + (row.arch === 'upper' ? 1 : -1) * (row.primary ? 2.8 : 3.9);
  return spans.map(({ from, to, paint }) => {
    const left = row.teeth.find((placed) => placed.code === from);
    const right = row.teeth.find((placed) => placed.code === to);
    if (!left || !right) return null;
    const start = left.x + toothShape(from).width / 2 - 0.3;
    const end = right.x - toothShape(to).width / 2 + 0.3;
    return (
      <path
        key={from}
        d={path`M${start} ${y}H${end}`}
        style={{ stroke: paintColour(paint) }}
        strokeWidth="1.5"
        strokeDasharray={paint === 'plan' ? '0.6 0.3' : undefined}
      />
    );
  });
}
