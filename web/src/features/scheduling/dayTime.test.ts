import { describe, expect, it } from 'vitest';
import { instantOf, minutesBetween, minutesOfInstant, minutesOfTime, timeOfMinutes } from './dayTime';

describe('times of the day', () => {
  it('are minutes from midnight and back', () => {
    expect(minutesOfTime('09:30')).toBe(570);
    expect(minutesOfTime('24:00')).toBe(1440);
    expect(timeOfMinutes(570)).toBe('09:30');
  });

  it('become instants in the clinic’s zone, winter and summer', () => {
    expect(instantOf('2026-11-22', 600, 'Africa/Cairo')).toBe('2026-11-22T08:00:00.000Z');
    expect(instantOf('2026-07-01', 600, 'Africa/Cairo')).toBe('2026-07-01T07:00:00.000Z');
    expect(instantOf('2026-11-22', 1440, 'Asia/Riyadh')).toBe('2026-11-22T21:00:00.000Z');
  });

  it('read an instant on the clinic’s clock, not the browser’s', () => {
    expect(minutesOfInstant('2026-11-22T08:00:00Z', 'Africa/Cairo')).toBe(600);
  });

  it('measure a length across the night of the clock change', () => {
    const evening = instantOf('2026-04-23', 23 * 60, 'Africa/Cairo');
    const morning = instantOf('2026-04-24', 2 * 60, 'Africa/Cairo');
    expect(minutesBetween(evening, morning)).toBe(120);
  });
});
