import { describe, expect, it } from 'vitest';
import {
  clamp,
  columnAt,
  type DayScale,
  drawnSpan,
  edgeScroll,
  layOutLanes,
  minuteToY,
  movedSpan,
  offHours,
  overlaps,
  resizedSpan,
  slotAt,
  snap,
  utilisation,
  yToMinute,
} from './geometry';

const scale: DayScale = { dayStart: 7 * 60, dayEnd: 21 * 60, pixelsPerMinute: 1.6 };
const at = (id: string, start: number, end: number) => ({ id, start, end });

describe('minutes and pixels', () => {
  it("are each other's inverse", () => {
    for (const minute of [420, 481, 735, 1260]) {
      expect(yToMinute(minuteToY(minute, scale), scale)).toBeCloseTo(minute, 9);
    }
  });

  it('start the day at the top', () => {
    expect(minuteToY(scale.dayStart, scale)).toBe(0);
  });

  it('snap to the nearest step', () => {
    expect(snap(602, 5)).toBe(600);
    expect(snap(603, 5)).toBe(605);
  });

  it('clamp to the low end when the range is empty', () => {
    expect(clamp(50, 100, 90)).toBe(100);
  });
});

describe('lanes', () => {
  it('give a lone appointment the whole column', () => {
    expect(layOutLanes([at('a', 540, 570)]).get('a')).toEqual({ lane: 0, lanes: 1 });
  });

  it('do not split appointments that only touch', () => {
    const lanes = layOutLanes([at('a', 540, 570), at('b', 570, 600)]);
    expect(lanes.get('a')).toEqual({ lane: 0, lanes: 1 });
    expect(lanes.get('b')).toEqual({ lane: 0, lanes: 1 });
  });

  it('put overlapping ones side by side and reuse a lane that became free', () => {
    const lanes = layOutLanes([at('long', 540, 660), at('early', 540, 570), at('late', 600, 630)]);
    expect(lanes.get('long')).toEqual({ lane: 0, lanes: 2 });
    expect(lanes.get('early')).toEqual({ lane: 1, lanes: 2 });
    expect(lanes.get('late')).toEqual({ lane: 1, lanes: 2 });
  });

  it('never let two overlapping appointments share a lane', () => {
    let seed = 7;
    const random = (n: number) => {
      seed = (seed * 48271) % 2147483647;
      return seed % n;
    };
    for (let round = 0; round < 60; round += 1) {
      const list = Array.from({ length: 25 }, (_, i) => {
        const start = 480 + random(100) * 5;
        return at(String(i), start, start + 5 + random(20) * 5);
      });
      const lanes = layOutLanes(list);
      for (const a of list) {
        for (const b of list) {
          if (a.id === b.id || !overlaps(a, b)) continue;
          expect(lanes.get(a.id)?.lane).not.toBe(lanes.get(b.id)?.lane);
          expect(lanes.get(a.id)?.lanes).toBe(lanes.get(b.id)?.lanes);
        }
      }
    }
  });
});

describe('the column under the pointer', () => {
  const leftToRight = [
    { id: '1', left: 64, right: 200 },
    { id: '2', left: 200, right: 336 },
  ];

  it('is found by screen pixels in either direction of writing', () => {
    expect(columnAt(leftToRight, 199)).toBe(0);
    expect(columnAt(leftToRight, 200)).toBe(1);
    const rightToLeft = [
      { id: '1', left: 200, right: 336 },
      { id: '2', left: 64, right: 200 },
    ];
    expect(columnAt(rightToLeft, 199)).toBe(1);
  });

  it('is the nearest one outside of all', () => {
    expect(columnAt(leftToRight, 5)).toBe(0);
    expect(columnAt(leftToRight, 999)).toBe(1);
    expect(columnAt([], 10)).toBe(-1);
  });
});

describe('moving and resizing', () => {
  it('keeps the length and stays inside the day', () => {
    expect(movedSpan(at('a', 600, 645), -999, scale)).toEqual({ start: 420, end: 465 });
    expect(movedSpan(at('a', 600, 645), 999, scale)).toEqual({ start: 1215, end: 1260 });
    expect(movedSpan(at('a', 600, 645), 13, scale)).toEqual({ start: 615, end: 660 });
  });

  it('never makes an appointment shorter than a step or longer than the day', () => {
    expect(resizedSpan(at('a', 600, 645), -300, scale)).toEqual({ start: 600, end: 605 });
    expect(resizedSpan(at('a', 600, 645), 2000, scale)).toEqual({ start: 600, end: 1260 });
  });
});

describe('drawing a new appointment', () => {
  it('covers whole slots whichever way it is drawn', () => {
    expect(drawnSpan(607, 652, 15, scale)).toEqual({ start: 600, end: 660 });
    expect(drawnSpan(652, 607, 15, scale)).toEqual({ start: 600, end: 660 });
  });

  it('offers the last slot at the bottom of the day', () => {
    expect(slotAt(1300, 15, scale)).toEqual({ start: 1245, end: 1260 });
  });
});

describe('off hours', () => {
  it('are what the working hours leave over', () => {
    const gaps = offHours(
      [
        [960, 1200],
        [540, 780],
      ],
      scale,
    );
    expect(gaps).toEqual([
      { start: 420, end: 540 },
      { start: 780, end: 960 },
      { start: 1200, end: 1260 },
    ]);
  });

  it('are the whole day when nobody works', () => {
    expect(offHours([], scale)).toEqual([{ start: 420, end: 1260 }]);
  });
});

describe('utilisation', () => {
  it('is the booked share and counts double-booked minutes once', () => {
    const booked = [
      { start: 540, end: 600 },
      { start: 570, end: 600 },
    ];
    expect(utilisation(booked, [[540, 660]])).toBe(0.5);
  });

  it('is nothing on a day off and never above the whole', () => {
    expect(utilisation([{ start: 540, end: 600 }], [])).toBe(0);
    expect(utilisation([{ start: 0, end: 1440 }], [[540, 660]])).toBe(1);
  });
});

describe('scrolling at the edges', () => {
  it('runs towards the edge the pointer is near, faster when nearer', () => {
    expect(edgeScroll(400, 100, 700)).toBe(0);
    expect(edgeScroll(105, 100, 700)).toBeLessThan(edgeScroll(140, 100, 700));
    expect(edgeScroll(690, 100, 700)).toBeGreaterThan(0);
  });
});
