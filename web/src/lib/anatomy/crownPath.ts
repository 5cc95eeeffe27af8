import { path } from './pathText';
import type { CrownForm, ToothShape } from './proportions';

/** x as a fraction of the crown's width (−0.5 distal … 0.5 mesial), y as a fraction of its height. */
type Fraction = readonly [x: number, y: number];
/** One control point makes a quadratic curve, two a cubic one; the last point is where it ends. */
type Curve = readonly [Fraction, Fraction] | readonly [Fraction, Fraction, Fraction];

interface CrownOutline {
  /** Where the crown is widest on either side, as a fraction of its height. */
  distalContact: number;
  mesialContact: number;
  /** From the distal contact over the biting edge to the mesial contact. */
  edge: readonly Curve[];
}

function incisorOutline(distalRound: number, mesialRound: number): CrownOutline {
  return {
    distalContact: 0.6,
    mesialContact: 0.76,
    edge: [
      [
        [-0.5, 0.86],
        [-0.45, 0.985],
        [distalRound - 0.5, 0.992],
      ],
      [
        [-0.1, 1.012],
        [0.2, 1.006],
        [0.5 - mesialRound, 1],
      ],
      [
        [0.48, 0.995],
        [0.5, 0.95],
        [0.5, 0.76],
      ],
    ],
  };
}

const molarOutline: CrownOutline = {
  distalContact: 0.48,
  mesialContact: 0.52,
  edge: [
    [
      [-0.5, 0.74],
      [-0.42, 0.9],
      [-0.32, 0.955],
    ],
    [
      [-0.23, 1.01],
      [-0.13, 0.94],
    ],
    [
      [-0.06, 0.875],
      [-0.01, 0.875],
    ],
    [
      [0.05, 0.875],
      [0.12, 0.955],
    ],
    [
      [0.23, 1.045],
      [0.33, 0.965],
    ],
    [
      [0.43, 0.89],
      [0.5, 0.76],
      [0.5, 0.52],
    ],
  ],
};

const OUTLINES: Record<CrownForm, CrownOutline> = {
  central_incisor: incisorOutline(0.22, 0.1),
  lateral_incisor: incisorOutline(0.3, 0.17),
  canine: {
    distalContact: 0.52,
    mesialContact: 0.62,
    edge: [
      [
        [-0.5, 0.68],
        [-0.27, 0.84],
        [-0.09, 0.965],
      ],
      [
        [0.03, 1.035],
        [0.14, 0.96],
      ],
      [
        [0.3, 0.85],
        [0.5, 0.78],
        [0.5, 0.62],
      ],
    ],
  },
  premolar: {
    distalContact: 0.5,
    mesialContact: 0.56,
    edge: [
      [
        [-0.5, 0.7],
        [-0.36, 0.83],
        [-0.13, 0.955],
      ],
      [
        [0, 1.03],
        [0.13, 0.955],
      ],
      [
        [0.36, 0.84],
        [0.5, 0.74],
        [0.5, 0.56],
      ],
    ],
  },
  upper_molar: molarOutline,
  lower_molar: molarOutline,
  lower_five_cusp_molar: {
    distalContact: 0.5,
    mesialContact: 0.54,
    edge: [
      [
        [-0.5, 0.72],
        [-0.455, 0.86],
        [-0.4, 0.9],
      ],
      [
        [-0.345, 0.945],
        [-0.29, 0.895],
      ],
      [
        [-0.25, 0.86],
        [-0.21, 0.9],
      ],
      [
        [-0.1, 1.02],
        [0, 0.93],
      ],
      [
        [0.05, 0.87],
        [0.1, 0.88],
      ],
      [
        [0.14, 0.885],
        [0.18, 0.95],
      ],
      [
        [0.27, 1.04],
        [0.36, 0.955],
      ],
      [
        [0.44, 0.88],
        [0.5, 0.76],
        [0.5, 0.54],
      ],
    ],
  },
};

/** The crown seen from outside: neck, distal side, biting edge, mesial side and the curved neck line. */
export function crownPath(shape: ToothShape): string {
  const { width, crownHeight: height } = shape;
  const { distalContact, mesialContact, edge } = OUTLINES[shape.crownForm];
  const side = width / 2;
  const neck = shape.neckWidth / 2;
  const distalSide = path`M${-neck} 0C${-neck - 0.1} ${height * 0.16} ${-side} ${height * (distalContact - 0.26)} ${-side} ${height * distalContact}`;
  const bitingEdge = edge.map((curve) => curveText(curve, width, height)).join('');
  const mesialSide = path`C${side} ${height * (mesialContact - 0.28)} ${neck + 0.1} ${height * 0.16} ${neck} 0`;
  const neckLine = path`C${neck * 0.55} ${-height * 0.13} ${-neck * 0.55} ${-height * 0.13} ${-neck} 0Z`;
  return distalSide + bitingEdge + mesialSide + neckLine;
}

function curveText(curve: Curve, width: number, height: number): string {
  const points = curve.map(([x, y]) => path`${x * width} ${y * height}`).join(' ');
  return `${curve.length === 3 ? 'C' : 'Q'}${points}`;
}

/** Grooves between the lobes or cusps, drawn as fine lines over the enamel. */
export function groovePath(shape: ToothShape): string {
  const { width: w, crownHeight: h } = shape;
  switch (shape.crownForm) {
    case 'central_incisor':
    case 'lateral_incisor':
      return path`M${-w * 0.16} ${h * 0.5}V${h * 0.86}M${w * 0.17} ${h * 0.48}V${h * 0.86}`;
    case 'upper_molar':
    case 'lower_molar':
      return path`M${-w * 0.01} ${h * 0.875}Q${w * 0.01} ${h * 0.6} ${-w * 0.01} ${h * 0.42}`;
    case 'lower_five_cusp_molar':
      return path`M${w * 0.1} ${h * 0.88}Q${w * 0.11} ${h * 0.62} ${w * 0.08} ${h * 0.45}M${-w * 0.25} ${h * 0.87}Q${-w * 0.245} ${h * 0.68} ${-w * 0.26} ${h * 0.55}`;
    default:
      return '';
  }
}

/** The gloss on the enamel: a long stroke near the distal side, and a ridge on pointed teeth. */
export function highlightPath(shape: ToothShape): string {
  const { width: w, crownHeight: h } = shape;
  const gloss = path`M${-w * 0.3} ${h * 0.3}Q${-w * 0.36} ${h * 0.5} ${-w * 0.31} ${h * 0.68}`;
  if (shape.crownForm !== 'canine' && shape.crownForm !== 'premolar') return gloss;
  return gloss + path`M${w * 0.02} ${h * 0.88}Q${w * 0.05} ${h * 0.6} ${w * 0.02} ${h * 0.36}`;
}

export const FACIAL_SURFACES = ['M', 'D', 'B', 'V', 'R'] as const;
export type FacialSurface = (typeof FACIAL_SURFACES)[number];

/** A surface as far as it shows on the outer view: sides as crescents, the rest as ovals where they lie. */
export function facialSurfacePath(shape: ToothShape, surface: FacialSurface): string {
  const { width: w, crownHeight: h, neckWidth: neck } = shape;
  switch (surface) {
    case 'B':
      return oval(w * 0.2, h * 0.14, h * 0.5);
    case 'V':
      return oval(neck * 0.32, h * 0.09, h * 0.1);
    case 'R':
      return oval(neck * 0.16, h * 0.14, -h * 0.3);
    default: {
      const contact = OUTLINES[shape.crownForm][surface === 'M' ? 'mesialContact' : 'distalContact'];
      const sign = surface === 'M' ? 1 : -1;
      const [top, middle, bottom] = [h * (contact - 0.2), h * contact, h * (contact + 0.2)];
      const edgeX = sign * w * 0.465;
      return path`M${edgeX} ${top}Q${sign * w * 0.2} ${middle} ${edgeX} ${bottom}Q${sign * w * 0.525} ${middle} ${edgeX} ${top}Z`;
    }
  }
}

function oval(rx: number, ry: number, y: number): string {
  return path`M${-rx} ${y}A${rx} ${ry} 0 1 0 ${rx} ${y}A${rx} ${ry} 0 1 0 ${-rx} ${y}Z`;
}
