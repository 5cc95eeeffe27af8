import { describe, expect, it } from 'vitest';
import { byTime, focusTarget, nextStop, type Stop, stopAt } from './navigation';
import type { BookAppointment } from './types';

function appointment(id: string, columnId: string, start: number): BookAppointment {
  return {
    id,
    columnId,
    keeps: null,
    start,
    end: start + 30,
    patientName: id,
    reason: '',
    status: 'scheduled',
    confirmation: 'unconfirmed',
    typeName: '',
    pattern: '',
    alerts: false,
    overbooked: false,
    asap: false,
    walkIn: false,
    lateCancelled: false,
    token: null,
    version: 1,
  };
}

const columns = [
  [appointment('a', '1', 540), appointment('b', '1', 600)],
  [],
  [appointment('c', '3', 480), appointment('d', '3', 615)],
];

describe('focus in the book', () => {
  it('goes through a column by time and stops at its ends', () => {
    expect(focusTarget(columns, 'a', 'later')).toBe('b');
    expect(focusTarget(columns, 'b', 'later')).toBeNull();
    expect(focusTarget(columns, 'b', 'earlier')).toBe('a');
    expect(focusTarget(columns, 'b', 'first')).toBe('a');
    expect(focusTarget(columns, 'a', 'last')).toBe('b');
  });

  it('goes sideways to the nearest in time and skips empty columns', () => {
    expect(focusTarget(columns, 'b', 'nextColumn')).toBe('d');
    expect(focusTarget(columns, 'c', 'previousColumn')).toBe('a');
    expect(focusTarget(columns, 'c', 'nextColumn')).toBeNull();
  });

  it('has nowhere to go from an appointment that left the book', () => {
    expect(focusTarget(columns, 'gone', 'later')).toBeNull();
  });
});

describe('the order of the day', () => {
  it('is by time, then stable', () => {
    const list = [appointment('z', '1', 600), appointment('y', '1', 540), appointment('x', '1', 600)];
    expect(list.sort(byTime).map((item) => item.id)).toEqual(['y', 'x', 'z']);
  });
});

describe('walking over cards and free time', () => {
  const grid = { lists: columns, slotMinutes: 15, scale: { dayStart: 480, dayEnd: 720 } };
  const from = (id: string | undefined, column: number, start: number, end: number): Stop => ({
    column,
    start,
    end,
    ...(id ? { id } : {}),
  });
  const walk = (start: Stop, steps: Parameters<typeof nextStop>[1][]) =>
    steps.reduce<Stop | null>((stop, step) => stop && nextStop(stop, step, grid), start);

  it('goes down through the free slots between two cards', () => {
    const a = from('a', 0, 540, 570);
    expect(walk(a, ['later'])).toEqual({ column: 0, start: 570, end: 585 });
    expect(walk(a, ['later', 'later'])).toEqual({ column: 0, start: 585, end: 600 });
    expect(walk(a, ['later', 'later', 'later'])?.id).toBe('b');
  });

  it('comes back the same way', () => {
    const b = from('b', 0, 600, 630);
    expect(walk(b, ['earlier'])).toEqual({ column: 0, start: 585, end: 600 });
    expect(walk(b, ['earlier', 'earlier', 'earlier'])?.id).toBe('a');
  });

  it('ends at the edges of the day and of the book', () => {
    expect(walk(from(undefined, 1, 705, 720), ['later'])).toBeNull();
    expect(walk(from(undefined, 1, 480, 495), ['earlier'])).toBeNull();
    expect(walk(from('a', 0, 540, 570), ['previousColumn'])).toBeNull();
  });

  it('goes sideways at the same time, onto free time or into a card', () => {
    expect(walk(from('a', 0, 540, 570), ['nextColumn'])).toEqual({ column: 1, start: 540, end: 555 });
    expect(walk(from(undefined, 1, 630, 645), ['nextColumn'])?.id).toBe('d');
  });

  it('offers what is left of a slot beside a card that ends within it', () => {
    const short = [[{ ...appointment('e', '1', 540), end: 550 }]];
    expect(stopAt(550, 0, { ...grid, lists: short })).toEqual({ column: 0, start: 550, end: 555 });
  });

  it('reaches both of two cards that overlap, then what is free after the longer', () => {
    const long = { ...appointment('e', '1', 540), end: 600 };
    const lists = [[long, appointment('f', '1', 550)]];
    const overlapping = { ...grid, lists };
    const second = nextStop(from('e', 0, 540, 600), 'later', overlapping);
    expect(second?.id).toBe('f');
    expect(second && nextStop(second, 'later', overlapping)).toEqual({ column: 0, start: 600, end: 615 });
  });
});
