import { describe, expect, it } from 'vitest';
import { filterOf, monthPage, statusesOf, turned, weekOf } from './bookAddress';

describe('the page of a week', () => {
  it('begins on the day the clinic says', () => {
    expect(weekOf('2026-11-25', 6)[0]).toBe('2026-11-21');
    expect(weekOf('2026-11-25', 0)[0]).toBe('2026-11-22');
    expect(weekOf('2026-11-22', 1)[0]).toBe('2026-11-16');
    expect(weekOf('2026-11-25', 1)).toHaveLength(7);
  });
});

describe('the page of a month', () => {
  it('has whole weeks and every day of the month', () => {
    const days = monthPage('2026-11-25', 0);
    expect([days[0], days.at(-1)]).toEqual(['2026-11-01', '2026-12-05']);
    expect(monthPage('2027-02-10', 1)).toHaveLength(28);
    expect(monthPage('2026-08-10', 1)).toHaveLength(42);
  });
});

describe('turning a page', () => {
  it('goes by the day, the week or the month', () => {
    expect(turned('2026-11-30', 'day', 1)).toBe('2026-12-01');
    expect(turned('2026-11-30', 'week', -1)).toBe('2026-11-23');
    expect(turned('2026-11-30', 'month', 1)).toBe('2026-12-30');
  });

  it('stays in a month that is shorter', () => {
    expect(turned('2027-01-31', 'month', 1)).toBe('2027-02-28');
    expect(turned('2026-12-31', 'month', -1)).toBe('2026-11-30');
  });
});

it('statuses of the address that do not exist are dropped', () => {
  expect(statusesOf('arrived,asleep,no_show')).toEqual(['arrived', 'no_show']);
  expect(statusesOf(undefined)).toEqual([]);
});

describe('the filter of an address', () => {
  const known = { branches: [{ id: 'b1' }], doctors: [{ id: 'd1' }] };
  it('is left out where the clinic has no such branch or doctor', () => {
    expect(filterOf({ branch: 'b1', doctor: 'd1', statuses: 'arrived,nonsense' }, known)).toEqual({
      branchId: 'b1',
      doctorId: 'd1',
      statuses: ['arrived'],
    });
    expect(filterOf({ branch: 'b2', doctor: 'd2' }, known)).toEqual({
      branchId: null,
      doctorId: null,
      statuses: [],
    });
  });
  it('is believed until the lists are known', () => {
    expect(filterOf({ branch: 'b2' }, null).branchId).toBe('b2');
  });
});
