import { describe, expect, it } from 'vitest';
import { byTime, focusTarget } from './navigation';
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
    alerts: false,
    overbooked: false,
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
