import { path } from '@/lib/anatomy/pathText';
import type { ToothShape } from '@/lib/anatomy/proportions';
import type { Mark } from '../model/toothPicture';
import { paintColour } from '../OdontogramDefs';

/** Discoloured all over, chalky in patches (more of them with the grade) or lined across. */
export function Enamel({ shape, outline, mark }: { shape: ToothShape; outline: string; mark: Mark }) {
  const colour = paintColour(mark.paint);
  const { width: w, crownHeight: h } = shape;
  if (mark.code === 'discolouration') {
    return <path d={outline} style={{ fill: colour }} fillOpacity="0.2" />;
  }
  if (mark.code === 'fluorosis') {
    const lines = Array.from({ length: 2 + (mark.severity ?? 2) }, (_, n) => {
      const y = h * (0.3 + (0.55 * n) / (1 + (mark.severity ?? 2)));
      return path`M${-w * 0.3} ${y}q${w * 0.15} ${-h * 0.04} ${w * 0.3} 0t${w * 0.3} 0`;
    });
    return <path d={lines.join('')} style={{ stroke: colour }} strokeWidth="0.28" fill="none" />;
  }
  const patches = [
    [-0.2, 0.62],
    [0.18, 0.74],
    [0.02, 0.42],
  ] as const;
  return patches
    .slice(0, mark.severity ?? 2)
    .map(([x, y]) => (
      <ellipse
        key={x}
        cx={w * x}
        cy={h * y}
        rx={w * 0.15}
        ry={h * 0.09}
        style={{ fill: 'var(--enamel-edge)', stroke: colour }}
        strokeWidth="0.3"
        strokeDasharray="0.5 0.3"
      />
    ));
}
