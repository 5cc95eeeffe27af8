import { type Tooth, type ToothCode, toothOf } from '../teeth';

/** The outline a tooth is drawn with. */
export type CrownForm =
  | 'central_incisor'
  | 'lateral_incisor'
  | 'canine'
  | 'premolar'
  | 'upper_molar'
  | 'lower_molar'
  | 'lower_five_cusp_molar';
export type RootForm = 'single' | 'two_fine' | 'two' | 'three';

/**
 * A tooth in millimetres, in its own axes: y = 0 at the cemento-enamel junction, +y towards the
 * biting edge, +x towards the midline (mesial).
 */
export interface ToothShape extends Tooth {
  crownForm: CrownForm;
  rootForm: RootForm;
  crownHeight: number;
  rootLength: number;
  width: number;
  neckWidth: number;
  /** How far the roots stand apart, 0 fused to 1 wide (primary molars more). */
  rootSpread: number;
  /** Width of its column in the picture. */
  columnWidth: number;
}

type Row = readonly [
  crown: number,
  root: number,
  width: number,
  neck: number,
  form: CrownForm,
  roots: RootForm,
  spread?: number,
];

const UPPER_PERMANENT: readonly Row[] = [
  [10.5, 13, 8.5, 6.6, 'central_incisor', 'single'],
  [9, 13, 6.5, 5, 'lateral_incisor', 'single'],
  [10, 16.5, 7.5, 5.7, 'canine', 'single'],
  [8.5, 13.5, 7.1, 5, 'premolar', 'two_fine'],
  [8.3, 14, 6.9, 5, 'premolar', 'single'],
  [7.5, 12.6, 10.3, 8, 'upper_molar', 'three', 1],
  [7.2, 11.6, 9.4, 7.2, 'upper_molar', 'three', 0.62],
  [6.6, 10.4, 8.7, 6.8, 'upper_molar', 'three', 0.25],
];
const LOWER_PERMANENT: readonly Row[] = [
  [9, 12.3, 5.6, 3.9, 'central_incisor', 'single'],
  [9.3, 13.4, 6, 4.3, 'lateral_incisor', 'single'],
  [10.8, 15.5, 6.9, 5.3, 'canine', 'single'],
  [8.6, 13.8, 7, 4.9, 'premolar', 'single'],
  [8.1, 14.2, 7.1, 5.1, 'premolar', 'single'],
  [7.6, 13.4, 11, 8.8, 'lower_five_cusp_molar', 'two', 1],
  [7.1, 12.6, 10.4, 8.2, 'lower_molar', 'two', 0.7],
  [6.8, 10.6, 9.9, 7.6, 'lower_molar', 'two', 0.35],
];
// Primary teeth are shorter and rounder, with a tight neck and widely spread molar roots.
const UPPER_PRIMARY: readonly Row[] = [
  [6, 9.8, 6.5, 4.6, 'central_incisor', 'single'],
  [5.7, 9.6, 5.2, 3.8, 'lateral_incisor', 'single'],
  [6.4, 12, 6.8, 4.9, 'canine', 'single'],
  [5.3, 8.8, 7.2, 5.3, 'upper_molar', 'three', 1.15],
  [5.8, 10.2, 8.5, 6.3, 'upper_molar', 'three', 1.25],
];
const LOWER_PRIMARY: readonly Row[] = [
  [5.2, 8.8, 4.3, 3.1, 'central_incisor', 'single'],
  [5.4, 9.4, 4.7, 3.4, 'lateral_incisor', 'single'],
  [6.1, 10.8, 5.6, 4, 'canine', 'single'],
  [5.5, 8.8, 7.8, 6, 'lower_molar', 'two', 1.25],
  [5.6, 10, 9.8, 7.4, 'lower_five_cusp_molar', 'two', 1.35],
];

const PERMANENT_COLUMNS = [9.3, 7.4, 8.4, 8.1, 8.1, 11.8, 11.2, 10.7];
const PRIMARY_COLUMNS = [7.8, 6.7, 7.9, 8.9, 10.7];

const shapes = new Map<ToothCode, ToothShape>();

export function toothShape(code: ToothCode): ToothShape {
  const known = shapes.get(code);
  if (known) return known;
  const tooth = toothOf(code);
  const table = tooth.primary
    ? tooth.arch === 'upper'
      ? UPPER_PRIMARY
      : LOWER_PRIMARY
    : tooth.arch === 'upper'
      ? UPPER_PERMANENT
      : LOWER_PERMANENT;
  const row = table[tooth.position - 1];
  if (!row) throw new Error(`${code} has no proportions`);
  const [crownHeight, rootLength, width, neckWidth, crownForm, rootForm, rootSpread = 0] = row;
  const columns = tooth.primary ? PRIMARY_COLUMNS : PERMANENT_COLUMNS;
  const shape: ToothShape = {
    ...tooth,
    crownHeight,
    rootLength,
    width,
    neckWidth,
    crownForm,
    rootForm,
    rootSpread,
    columnWidth: columns[tooth.position - 1] ?? width,
  };
  shapes.set(code, shape);
  return shape;
}
