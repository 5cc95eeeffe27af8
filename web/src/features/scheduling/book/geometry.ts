import type { Span } from './types';

/** Appointments move and resize in steps of this many minutes. */
export const STEP_MINUTES = 5;

export interface DayScale {
  dayStart: number;
  dayEnd: number;
  pixelsPerMinute: number;
}

/** A column as it lies on the screen; left and right are screen pixels in either direction of writing. */
export interface ColumnBox {
  id: string;
  left: number;
  right: number;
}

export interface Lane {
  lane: number;
  lanes: number;
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

export function snap(minutes: number, step: number): number {
  return Math.round(minutes / step) * step;
}

export function minuteToY(minute: number, scale: DayScale): number {
  return (minute - scale.dayStart) * scale.pixelsPerMinute;
}

export function yToMinute(y: number, scale: DayScale): number {
  return scale.dayStart + y / scale.pixelsPerMinute;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/**
 * Places overlapping appointments side by side. Those that touch through each other form a cluster
 * and share its number of lanes, so that widths agree within it.
 */
export function layOutLanes(list: ReadonlyArray<Span & { id: string }>): Map<string, Lane> {
  const placed = new Map<string, Lane>();
  const ordered = [...list].sort((a, b) => a.start - b.start || b.end - a.end);
  let cluster: string[] = [];
  let laneEnds: number[] = [];
  let clusterEnd = Number.NEGATIVE_INFINITY;

  const closeCluster = () => {
    for (const id of cluster) {
      const lane = placed.get(id);
      if (lane) lane.lanes = laneEnds.length;
    }
    cluster = [];
    laneEnds = [];
  };

  for (const item of ordered) {
    if (item.start >= clusterEnd) closeCluster();
    const free = laneEnds.findIndex((end) => end <= item.start);
    const lane = free === -1 ? laneEnds.length : free;
    laneEnds[lane] = item.end;
    placed.set(item.id, { lane, lanes: 1 });
    cluster.push(item.id);
    clusterEnd = cluster.length === 1 ? item.end : Math.max(clusterEnd, item.end);
  }
  closeCluster();
  return placed;
}

/** The column under a screen x, or the nearest one when the pointer is beside them all. */
export function columnAt(boxes: readonly ColumnBox[], x: number): number {
  const inside = boxes.findIndex((box) => x >= box.left && x < box.right);
  if (inside !== -1) return inside;
  let nearest = -1;
  let distance = Number.POSITIVE_INFINITY;
  boxes.forEach((box, index) => {
    const away = Math.max(box.left - x, x - box.right);
    if (away < distance) {
      nearest = index;
      distance = away;
    }
  });
  return nearest;
}

/** Moves a span by a number of minutes, on the step grid and inside the day; its length is kept. */
export function movedSpan(span: Span, deltaMinutes: number, scale: DayScale): Span {
  const length = span.end - span.start;
  const start = clamp(snap(span.start + deltaMinutes, STEP_MINUTES), scale.dayStart, scale.dayEnd - length);
  return { start, end: start + length };
}

/** Moves the end of a span; it stays at least one step long and inside the day. */
export function resizedSpan(span: Span, deltaMinutes: number, scale: DayScale): Span {
  const end = snap(span.end + deltaMinutes, STEP_MINUTES);
  return { start: span.start, end: clamp(end, span.start + STEP_MINUTES, scale.dayEnd) };
}

/** The slot under a minute of the day. */
export function slotAt(minute: number, slotMinutes: number, scale: DayScale): Span {
  const start = clamp(
    Math.floor(minute / slotMinutes) * slotMinutes,
    scale.dayStart,
    scale.dayEnd - slotMinutes,
  );
  return { start, end: start + slotMinutes };
}

/** What is drawn by pulling from one minute to another, up or down, in whole slots. */
export function drawnSpan(from: number, to: number, slotMinutes: number, scale: DayScale): Span {
  const first = slotAt(from, slotMinutes, scale);
  const last = slotAt(to, slotMinutes, scale);
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}

/** The parts of the day that no working hours cover, in order. */
export function offHours(
  workingHours: ReadonlyArray<readonly [number, number]>,
  scale: Pick<DayScale, 'dayStart' | 'dayEnd'>,
): Span[] {
  const gaps: Span[] = [];
  let cursor = scale.dayStart;
  for (const [start, end] of [...workingHours].sort((a, b) => a[0] - b[0])) {
    if (start > cursor) gaps.push({ start: cursor, end: Math.min(start, scale.dayEnd) });
    cursor = Math.max(cursor, end);
    if (cursor >= scale.dayEnd) break;
  }
  if (cursor < scale.dayEnd) gaps.push({ start: cursor, end: scale.dayEnd });
  return gaps.filter((gap) => gap.end > gap.start);
}

/** Booked share of the working minutes, 0 to 1; minutes booked twice count once. */
export function utilisation(
  booked: readonly Span[],
  workingHours: ReadonlyArray<readonly [number, number]>,
): number {
  const working = workingHours.reduce((sum, [start, end]) => sum + (end - start), 0);
  if (working <= 0) return 0;
  let busy = 0;
  let cursor = Number.NEGATIVE_INFINITY;
  for (const span of [...booked].sort((a, b) => a.start - b.start)) {
    busy += Math.max(0, span.end - Math.max(span.start, cursor));
    cursor = Math.max(cursor, span.end);
  }
  return Math.min(1, busy / working);
}

const EDGE_PIXELS = 44;
const EDGE_SPEED = 14;

/** Pixels to scroll in this frame when the pointer is near an edge: faster the nearer it is. */
export function edgeScroll(position: number, low: number, high: number): number {
  if (position < low + EDGE_PIXELS) {
    return -Math.ceil(EDGE_SPEED * Math.min(1, (low + EDGE_PIXELS - position) / EDGE_PIXELS));
  }
  if (position > high - EDGE_PIXELS) {
    return Math.ceil(EDGE_SPEED * Math.min(1, (position - high + EDGE_PIXELS) / EDGE_PIXELS));
  }
  return 0;
}
