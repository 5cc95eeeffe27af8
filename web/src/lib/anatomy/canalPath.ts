import { path } from './pathText';
import type { ToothShape } from './proportions';
import { rootApices } from './rootPath';

/** Where a canal leaves the pulp chamber, as a fraction of half the neck, by number of roots. */
const ORIFICES: Record<number, readonly number[]> = { 1: [0], 2: [-0.36, 0.36], 3: [-0.35, 0.35, 0] };

/** One stroke per canal, from the chamber to just short of the apex, or as far as `reach` of its length. */
export function canalPaths(shape: ToothShape, reach = 0.93): string[] {
  const apices = rootApices(shape);
  const orifices = ORIFICES[apices.length] ?? [];
  return apices.map((apex, index) => {
    const start = (shape.neckWidth / 2) * (orifices[index] ?? 0);
    return path`M${start} ${shape.crownHeight * 0.12}C${start} ${-apex.depth * 0.4} ${apex.x} ${-apex.depth * Math.min(0.6, reach - 0.1)} ${apex.x} ${-apex.depth * reach}`;
  });
}

/** A post reaches halfway down the widest canal and carries a core inside the crown. */
export function postPath(shape: ToothShape): string {
  const [apex] = rootApices(shape).slice(-1);
  if (!apex) return '';
  const half = Math.min(0.55, shape.neckWidth * 0.09);
  const depth = apex.depth * 0.55;
  const tipX = apex.x * 0.4;
  const core = shape.neckWidth * 0.26;
  return path`M${-core} 0.2L${-core * 0.8} ${shape.crownHeight * 0.5}H${core * 0.8}L${core} 0.2L${half} ${-0.4}L${tipX + half * 0.6} ${-depth}H${tipX - half * 0.6}L${-half} ${-0.4}Z`;
}
