import { type Arch, archOrder, counterpart, type Side, type ToothCode } from '../teeth';
import { path } from './pathText';
import { toothShape } from './proportions';

export type Dentition = 'permanent' | 'primary' | 'mixed';
/** A narrow screen shows one side of the mouth at a time. */
export type Extent = 'whole' | Side;

/** One line of teeth: where its necks, biting views and numbers lie, in millimetres down the picture. */
export interface ArchRow {
  arch: Arch;
  primary: boolean;
  neckY: number;
  cellY: number;
  numberY: number;
  secondNumberY: number;
  noteY: number;
  top: number;
  bottom: number;
  teeth: PlacedTooth[];
}

export interface PlacedTooth {
  code: ToothCode;
  x: number;
  columnWidth: number;
}

export interface ArchLayout {
  width: number;
  height: number;
  midlineX: number;
  bitingLineY: number;
  rows: ArchRow[];
}

const MARGIN = 1;
const MIDLINE_GAP = 1.6;

type RowGeometry = Omit<ArchRow, 'teeth' | 'arch' | 'primary'>;

const PERMANENT_UPPER: RowGeometry = {
  top: 1.4,
  numberY: 4.2,
  secondNumberY: 6.6,
  noteY: 9,
  neckY: 25.2,
  cellY: 42.2,
  bottom: 47.6,
};
const PERMANENT_HEIGHT = 99;
const PRIMARY_UPPER: RowGeometry = {
  top: 1.4,
  numberY: 4.2,
  secondNumberY: 6.6,
  noteY: 8.4,
  neckY: 20.6,
  cellY: 32,
  bottom: 36.2,
};
const PRIMARY_HEIGHT = 75;
// In a mixed dentition the primary teeth stand between the biting views, each in its successor's column.
const MIXED_PRIMARY_UPPER: RowGeometry = {
  top: 48.2,
  numberY: 50.9,
  secondNumberY: 53,
  noteY: 54.6,
  neckY: 66.4,
  cellY: 77,
  bottom: 81,
};
const MIXED_HEIGHT = 164;

/** Letters hang above their baseline, so a mirrored baseline moves down by their height. */
const NUMBER_DROP = 2.3;
const NOTE_DROP = 1.4;

function flipped(row: RowGeometry, height: number): RowGeometry {
  const mirror = (y: number) => height - y;
  return {
    top: mirror(row.bottom),
    bottom: mirror(row.top),
    neckY: mirror(row.neckY),
    cellY: mirror(row.cellY),
    numberY: mirror(row.secondNumberY) + NUMBER_DROP,
    secondNumberY: mirror(row.numberY) + NUMBER_DROP,
    noteY: mirror(row.noteY) + NOTE_DROP,
  };
}

function columnCentres(codes: readonly ToothCode[], widthOf: (code: ToothCode) => number) {
  let x = MARGIN;
  let midlineX = 0;
  const teeth = codes.map((code, index) => {
    if (index === codes.length / 2) {
      midlineX = x + MIDLINE_GAP / 2;
      x += MIDLINE_GAP;
    }
    const columnWidth = widthOf(code);
    const placed: PlacedTooth = { code, x: x + columnWidth / 2, columnWidth };
    x += columnWidth;
    return placed;
  });
  return { teeth, midlineX, width: x + MARGIN };
}

function archRows(
  primary: boolean,
  geometry: RowGeometry,
  height: number,
  columns: (arch: Arch) => PlacedTooth[],
): [ArchRow, ArchRow] {
  return [
    { ...geometry, arch: 'upper', primary, teeth: columns('upper') },
    { ...flipped(geometry, height), arch: 'lower', primary, teeth: columns('lower') },
  ];
}

/** A column of a mixed dentition holds the wider of a tooth and its predecessor. */
function columnWidthOf(code: ToothCode, dentition: Dentition): number {
  const own = toothShape(code).columnWidth;
  const other = dentition === 'mixed' ? counterpart(code) : null;
  return other ? Math.max(own, toothShape(other).columnWidth) : own;
}

export function archLayout(dentition: Dentition): ArchLayout {
  const primaryOnly = dentition === 'primary';
  const columns = (arch: Arch) =>
    columnCentres(archOrder(arch, primaryOnly), (code) => columnWidthOf(code, dentition));
  const { midlineX, width } = columns('upper');
  const teethOf = (arch: Arch) => columns(arch).teeth;
  if (dentition !== 'mixed') {
    const height = primaryOnly ? PRIMARY_HEIGHT : PERMANENT_HEIGHT;
    const geometry = primaryOnly ? PRIMARY_UPPER : PERMANENT_UPPER;
    return {
      width,
      height,
      midlineX,
      bitingLineY: height / 2,
      rows: archRows(primaryOnly, geometry, height, teethOf),
    };
  }
  const predecessors = (arch: Arch) =>
    teethOf(arch).flatMap((placed) => {
      const code = counterpart(placed.code);
      return code ? [{ ...placed, code }] : [];
    });
  const [upper, lower] = archRows(false, PERMANENT_UPPER, MIXED_HEIGHT, teethOf);
  const [upperPrimary, lowerPrimary] = archRows(true, MIXED_PRIMARY_UPPER, MIXED_HEIGHT, predecessors);
  return {
    width,
    height: MIXED_HEIGHT,
    midlineX,
    bitingLineY: MIXED_HEIGHT / 2,
    rows: [upper, upperPrimary, lowerPrimary, lower],
  };
}

/** The part of the picture that is shown, as an SVG view box. */
export function viewBox(layout: ArchLayout, extent: Extent): string {
  if (extent === 'whole') return path`0 0 ${layout.width} ${layout.height}`;
  const from = extent === 'right' ? 0 : layout.midlineX - 0.6;
  const to = extent === 'right' ? layout.midlineX + 0.6 : layout.width;
  return path`${from} 0 ${to - from} ${layout.height}`;
}

/** The gum over one row: scalloped around the necks, fading out towards the roots. */
export function gingivaPath(row: ArchRow, width: number): string {
  const sign = row.arch === 'upper' ? 1 : -1;
  const depth = row.primary ? 7 : 9;
  const first = row.teeth[0];
  const last = row.teeth[row.teeth.length - 1];
  if (!first || !last) return '';
  const full = !row.primary || first.x - first.columnWidth / 2 <= MARGIN + 0.01;
  const from = full ? 0 : first.x - first.columnWidth / 2;
  const to = full ? width : last.x + last.columnWidth / 2;
  const y = row.neckY;
  let outline = path`M${from} ${y - sign * depth}L${from} ${y + sign * 0.5}`;
  for (const { code, x, columnWidth } of row.teeth) {
    const half = columnWidth / 2;
    const rise = y - sign * toothShape(code).crownHeight * 0.11;
    const papilla = y + sign * (row.primary ? 1.7 : 2.3);
    const shoulder = y + sign * (row.primary ? 1.4 : 1.9);
    outline += path`L${x - half} ${papilla}C${x - half * 0.75} ${shoulder} ${x - half * 0.7} ${rise} ${x} ${rise}S${x + half * 0.75} ${shoulder} ${x + half} ${papilla}`;
  }
  return `${outline}${path`L${to} ${y + sign * 0.5}L${to} ${y - sign * depth}Z`}`;
}
