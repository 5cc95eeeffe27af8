import type { CrownSurface } from '@/lib/surfaces';
import { type Point, path, polygon } from './pathText';
import type { ToothShape } from './proportions';

export interface SurfaceCell {
  walls: Record<CrownSurface, string>;
  /** Where a letter sits inside each wall. */
  centres: Record<CrownSurface, Point>;
  outline: string;
  fissures: string;
  halfWidth: number;
  halfDepth: number;
}

const EIGHTH = Math.PI / 4;

/** A point of a superellipse: `power` 2 is an ellipse, larger ones approach a rounded rectangle. */
function superellipse(halfWidth: number, halfDepth: number, power: number, angle: number): Point {
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [
    halfWidth * Math.sign(cos) * Math.abs(cos) ** (2 / power),
    halfDepth * Math.sign(sin) * Math.abs(sin) ** (2 / power),
  ];
}

function arc(
  halfWidth: number,
  halfDepth: number,
  power: number,
  from: number,
  to: number,
  steps = 10,
): Point[] {
  return Array.from({ length: steps + 1 }, (_, index) =>
    superellipse(halfWidth, halfDepth, power, from + ((to - from) * index) / steps),
  );
}

/**
 * The biting view of a tooth: a rounded table cut on its diagonals into five surfaces, a slit in the
 * middle for front teeth. +x is mesial, +y down the page; the outer (buccal) wall faces outwards, which
 * is up in the upper arch and down in the lower one.
 */
export function surfaceCell(shape: ToothShape): SurfaceCell {
  const smallest = shape.primary ? 4.9 : 6.2;
  const halfWidth = Math.max(shape.width, smallest) / 2 - 0.15;
  const halfDepth = (shape.front ? 3.1 : 4.1) * (shape.primary ? 0.82 : 1);
  const power = shape.front ? 2.6 : 3.6;
  const tableWidth = halfWidth * (shape.front ? 0.56 : 0.5);
  const tableDepth = halfDepth * (shape.front ? 0.26 : 0.46);

  const wall = (from: number, to: number) =>
    polygon([
      ...arc(halfWidth, halfDepth, power, from, to),
      ...arc(tableWidth, tableDepth, power, from, to).reverse(),
    ]);
  const bottom = wall(EIGHTH, 3 * EIGHTH);
  const top = wall(5 * EIGHTH, 7 * EIGHTH);
  const upper = shape.arch === 'upper';
  const outerY = ((halfDepth + tableDepth) / 2) * (upper ? -1 : 1);
  const sideX = (halfWidth + tableWidth) / 2;

  return {
    walls: {
      M: wall(-EIGHTH, EIGHTH),
      D: wall(3 * EIGHTH, 5 * EIGHTH),
      O: polygon(arc(tableWidth, tableDepth, power, 0, 2 * Math.PI, 36)),
      B: upper ? top : bottom,
      L: upper ? bottom : top,
    },
    centres: { M: [sideX, 0], D: [-sideX, 0], O: [0, 0], B: [0, outerY], L: [0, -outerY] },
    outline: polygon(arc(halfWidth, halfDepth, power, 0, 2 * Math.PI, 48)),
    fissures: fissurePath(shape, tableWidth, tableDepth),
    halfWidth,
    halfDepth,
  };
}

function fissurePath(shape: ToothShape, halfWidth: number, halfDepth: number): string {
  if (shape.front) return '';
  if (shape.crownForm === 'premolar') return path`M${-halfWidth * 0.62} 0Q0 0.45 ${halfWidth * 0.62} 0`;
  return path`M${-halfWidth * 0.7} ${-halfDepth * 0.1}Q${-halfWidth * 0.2} ${halfDepth * 0.25} 0 0T${halfWidth * 0.7} ${halfDepth * 0.05}M${-halfWidth * 0.1} ${halfDepth * 0.1}L${-halfWidth * 0.2} ${halfDepth * 0.75}M${halfWidth * 0.2} ${-halfDepth * 0.08}L${halfWidth * 0.25} ${-halfDepth * 0.75}`;
}
