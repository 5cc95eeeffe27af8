import { path } from './pathText';
import type { ToothShape } from './proportions';

/** Where a root ends, in the tooth's axes; `depth` is counted from the neck. */
export interface Apex {
  x: number;
  depth: number;
}

export interface RootOutline {
  outline: string;
  /** The palatal root of an upper molar lies behind the others and is drawn darker. */
  behind: boolean;
}

/** Roots start a little inside the crown, so that no gap shows at the neck. */
const NECK_INSET = 0.97;

function halfNeck(shape: ToothShape): number {
  return (shape.neckWidth / 2) * NECK_INSET;
}

/** Distal to mesial; the palatal root of an upper molar comes last. */
export function rootApices(shape: ToothShape): Apex[] {
  const neck = halfNeck(shape);
  const { rootLength: length, rootSpread: spread } = shape;
  switch (shape.rootForm) {
    case 'single':
      return [{ x: -length * 0.045, depth: length }];
    case 'two_fine':
      return [
        { x: -neck * 0.5, depth: length * 0.93 },
        { x: neck * 0.46, depth: length },
      ];
    case 'two': {
      const reach = neck * (0.38 + 0.34 * spread);
      return [
        { x: -reach - 0.35, depth: length * 0.97 },
        { x: reach - 0.15, depth: length },
      ];
    }
    case 'three': {
      const reach = neck * (0.46 + 0.62 * spread);
      return [
        { x: -reach, depth: length * 0.95 },
        { x: reach * 0.9, depth: length },
        { x: -0.1, depth: length * 1.09 },
      ];
    }
  }
}

export function rootOutlines(shape: ToothShape): RootOutline[] {
  const neck = halfNeck(shape);
  const [distal, mesial, palatal] = rootApices(shape);
  const { rootLength: length, rootSpread: spread } = shape;
  if (!distal) return [];
  if (!mesial) {
    const tip = shape.primary ? 0.45 : shape.crownForm === 'canine' ? 0.6 : 0.52;
    return [{ outline: taperingRoot(-neck, neck, 0.6, distal, tip), behind: false }];
  }
  const trunk = Math.max(
    0.18,
    { two_fine: 0.52, two: 0.4 - 0.12 * spread, three: 0.46 - 0.16 * spread, single: 0 }[shape.rootForm],
  );
  const tip =
    { two_fine: 0.36, two: 0.72, three: 0.5, single: 0 }[shape.rootForm] * (shape.primary ? 0.8 : 1);
  const gap = { two_fine: 0.34, two: 0.5, three: 0.5 + 0.5 * spread, single: 0 }[shape.rootForm];
  const front = { outline: forkedRoot(neck, distal, mesial, length * trunk, tip, gap), behind: false };
  if (!palatal) return [front];
  const back = taperingRoot(-neck * 0.44, neck * 0.44, 0.4, palatal, shape.primary ? 0.52 : 0.66);
  return [{ outline: back, behind: true }, front];
}

function taperingRoot(from: number, to: number, neckY: number, apex: Apex, tip: number): string {
  const { x, depth } = apex;
  return path`M${from} ${neckY}C${from + (x - from) * 0.1} ${-depth * 0.45} ${x - tip * 2.3} ${-depth * 0.74} ${x - tip} ${-depth * 0.955}Q${x - tip * 0.1} ${-depth * 1.03} ${x + tip * 0.9} ${-depth * 0.955}C${x + tip * 2.6} ${-depth * 0.74} ${to + (x - to) * 0.1} ${-depth * 0.45} ${to} ${neckY}Z`;
}

/** Two roots as one outline: down the distal root, up into a rounded furcation, down the mesial root. */
function forkedRoot(
  neck: number,
  distal: Apex,
  mesial: Apex,
  trunk: number,
  tip: number,
  gap: number,
): string {
  const inner = -(trunk + (Math.min(distal.depth, mesial.depth) - trunk) * 0.42);
  const distalSide = path`M${-neck} 0.6C${-neck - 0.25} ${-trunk * 0.9} ${distal.x - tip * 2.2} ${-distal.depth * 0.7} ${distal.x - tip} ${-distal.depth * 0.955}Q${distal.x} ${-distal.depth * 1.035} ${distal.x + tip} ${-distal.depth * 0.95}`;
  const furcation = path`C${distal.x + tip * 2} ${-distal.depth * 0.8} ${-gap * 1.25} ${inner} ${-gap} ${-trunk * 1.1}Q0 ${-trunk * 0.86} ${gap} ${-trunk * 1.1}C${gap * 1.25} ${inner} ${mesial.x - tip * 2.1} ${-mesial.depth * 0.8} ${mesial.x - tip} ${-mesial.depth * 0.95}`;
  const mesialSide = path`Q${mesial.x - tip * 0.1} ${-mesial.depth * 1.035} ${mesial.x + tip} ${-mesial.depth * 0.955}C${mesial.x + tip * 2.2} ${-mesial.depth * 0.7} ${neck + 0.25} ${-trunk * 0.9} ${neck} 0.6Z`;
  return distalSide + furcation + mesialSide;
}
