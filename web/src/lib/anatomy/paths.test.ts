import { describe, expect, it } from 'vitest';
import { CROWN_SURFACES } from '@/lib/surfaces';
import { PERMANENT_TEETH, PRIMARY_TEETH } from '../teeth';
import { archLayout, type Dentition, gingivaPath, viewBox } from './archLayout';
import { canalPaths, postPath } from './canalPath';
import { crownPath, FACIAL_SURFACES, facialSurfacePath, groovePath, highlightPath } from './crownPath';
import { implantOutline } from './implantPath';
import { toothShape } from './proportions';
import { rootApices, rootOutlines } from './rootPath';
import { surfaceCell } from './surfaceCells';

const SHAPES = [...PERMANENT_TEETH, ...PRIMARY_TEETH].map(toothShape);
const numbersOf = (text: string) => (text.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
const DENTITIONS: Dentition[] = ['permanent', 'primary', 'mixed'];

describe('every tooth', () => {
  it('has outlines made of numbers alone', () => {
    for (const shape of SHAPES) {
      const implant = implantOutline(shape);
      const drawn = [
        crownPath(shape),
        groovePath(shape),
        highlightPath(shape),
        postPath(shape),
        implant.body,
        implant.threads,
        implant.abutment,
        ...canalPaths(shape),
        ...rootOutlines(shape).map((root) => root.outline),
        ...FACIAL_SURFACES.map((surface) => facialSurfacePath(shape, surface)),
        ...Object.values(surfaceCell(shape).walls),
      ];
      for (const text of drawn) expect(text, shape.code).not.toMatch(/NaN|undefined|Infinity/);
      expect(crownPath(shape), shape.code).toMatch(/^M.*Z$/);
    }
  });

  it('keeps its crown within its millimetres and inside its column', () => {
    for (const shape of SHAPES) {
      const values = numbersOf(crownPath(shape));
      expect(Math.max(...values), shape.code).toBeLessThanOrEqual(
        Math.max(shape.crownHeight * 1.05, shape.width / 2),
      );
      expect(shape.width, shape.code).toBeLessThan(shape.columnWidth);
    }
  });

  it('is smaller as a primary tooth than its successor, but for the molars before premolars', () => {
    for (const code of PRIMARY_TEETH) {
      const primary = toothShape(code);
      const successor = toothShape(`${primary.quadrant - 4}${primary.position}`);
      expect(primary.crownHeight, code).toBeLessThan(successor.crownHeight);
      expect(primary.rootLength, code).toBeLessThan(successor.rootLength);
      if (primary.front) expect(primary.width, code).toBeLessThan(successor.width);
    }
  });
});

describe('roots', () => {
  it('are three on upper molars, two on lower ones, one canal each', () => {
    expect(rootApices(toothShape('16'))).toHaveLength(3);
    expect(rootApices(toothShape('65'))).toHaveLength(3);
    expect(rootApices(toothShape('46'))).toHaveLength(2);
    expect(rootApices(toothShape('14'))).toHaveLength(2);
    expect(rootApices(toothShape('15'))).toHaveLength(1);
    for (const shape of SHAPES) expect(canalPaths(shape)).toHaveLength(rootApices(shape).length);
  });

  it('put the palatal root behind', () => {
    expect(rootOutlines(toothShape('26')).map((root) => root.behind)).toEqual([true, false]);
  });
});

describe('the biting view', () => {
  it('turns the outer wall outwards in both arches', () => {
    expect(surfaceCell(toothShape('16')).centres.B[1]).toBeLessThan(0);
    expect(surfaceCell(toothShape('46')).centres.B[1]).toBeGreaterThan(0);
    expect(surfaceCell(toothShape('16')).centres.L[1]).toBeGreaterThan(0);
  });

  it('has five closed walls', () => {
    for (const shape of SHAPES) {
      const cell = surfaceCell(shape);
      for (const surface of CROWN_SURFACES) expect(cell.walls[surface]).toMatch(/^M[^MZ]+Z$/);
    }
  });
});

describe('the arches', () => {
  it('stand in columns that do not overlap, the patient’s right at the viewer’s left', () => {
    for (const dentition of DENTITIONS) {
      const layout = archLayout(dentition);
      for (const row of layout.rows) {
        for (const [index, tooth] of row.teeth.entries()) {
          const before = row.teeth[index - 1];
          if (before)
            expect(before.x + before.columnWidth / 2).toBeLessThanOrEqual(
              tooth.x - tooth.columnWidth / 2 + 0.01,
            );
          const right = toothShape(tooth.code).side === 'right';
          expect(tooth.x < layout.midlineX, tooth.code).toBe(right);
        }
      }
    }
  });

  it('put a primary tooth into the column of its successor', () => {
    const [permanent, primary] = archLayout('mixed').rows;
    const columnOf = (code: string) => permanent?.teeth.find((tooth) => tooth.code === code)?.x;
    for (const tooth of primary?.teeth ?? []) {
      const shape = toothShape(tooth.code);
      expect(tooth.x).toBe(columnOf(`${shape.quadrant - 4}${shape.position}`));
    }
  });

  it('show 32, 20 or 52 teeth without rows that overlap', () => {
    for (const [dentition, count] of [
      ['permanent', 32],
      ['primary', 20],
      ['mixed', 52],
    ] as const) {
      const { rows, height } = archLayout(dentition);
      expect(rows.flatMap((row) => row.teeth)).toHaveLength(count);
      for (const [index, row] of rows.entries()) {
        expect(row.bottom).toBeLessThanOrEqual(rows[index + 1]?.top ?? height);
        expect(gingivaPath(row, 100)).toMatch(/^M.*Z$/);
      }
    }
  });

  it('can show one side alone', () => {
    const layout = archLayout('permanent');
    const [from, , width] = viewBox(layout, 'left').split(' ').map(Number);
    expect((from ?? 0) + (width ?? 0)).toBeCloseTo(layout.width, 1);
    expect(numbersOf(viewBox(layout, 'right'))[0]).toBe(0);
  });
});
