import { describe, expect, it } from 'vitest';
import { minutesBetween, minutesOfInstant, minutesOfTime, timeOfMinutes, wallClock } from './dayTime';

describe('times of the day', () => {
  it('are minutes from midnight and back', () => {
    expect(minutesOfTime('09:30')).toBe(570);
    expect(minutesOfTime('24:00')).toBe(1440);
    expect(timeOfMinutes(570)).toBe('09:30');
  });

  it('are written on the clinic’s clock, midnight as the next day', () => {
    expect(wallClock('2026-11-22', 600)).toBe('2026-11-22T10:00');
    expect(wallClock('2026-12-31', 1440)).toBe('2027-01-01T00:00');
  });

  it('read an instant on the clinic’s clock, not the browser’s', () => {
    expect(minutesOfInstant('2026-11-22T08:00:00Z', 'Africa/Cairo')).toBe(600);
  });

  it('measure a length across the night of the clock change', () => {
    const evening = '2026-04-23T23:00:00+02:00';
    const morning = '2026-04-24T02:00:00+03:00';
    expect(minutesBetween(evening, morning)).toBe(120);
  });
});
