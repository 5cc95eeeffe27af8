import { describe, expect, it } from 'vitest';
import { APPOINTMENT_STATUSES } from './book/types';
import { isMovable, needsReason, statusSteps } from './statusSteps';

describe('the steps of an appointment', () => {
  it('lead from booking to done, one after the other', () => {
    const walked = ['scheduled'];
    let status = statusSteps('scheduled').next[0];
    while (status) {
      walked.push(status);
      status = statusSteps(status).next[0];
    }
    expect(walked).toEqual(['scheduled', 'confirmed', 'arrived', 'in_chair', 'completed', 'checked_out']);
  });

  it('offer arrival at once, for a patient who never confirmed', () => {
    expect(statusSteps('scheduled').next).toContain('arrived');
  });

  it('ask for a reason to step back and to cancel, not to go on', () => {
    expect(needsReason('arrived', 'confirmed')).toBe(true);
    expect(needsReason('cancelled', 'scheduled')).toBe(true);
    expect(needsReason('confirmed', 'cancelled')).toBe(true);
    expect(needsReason('confirmed', 'arrived')).toBe(false);
    expect(needsReason('scheduled', 'no_show')).toBe(false);
  });

  it('let a patient who was missed come late', () => {
    expect(statusSteps('no_show').back).toContain('arrived');
    expect(needsReason('no_show', 'arrived')).toBe(true);
  });

  it('never offer the status that it has, nor one twice', () => {
    for (const status of APPOINTMENT_STATUSES) {
      const { next, ending, back } = statusSteps(status);
      const offered = [...next, ...ending, ...back];
      expect(offered).not.toContain(status);
      expect(new Set(offered).size).toBe(offered.length);
    }
  });

  it('leave what is over in its place', () => {
    expect(isMovable('confirmed')).toBe(true);
    expect(isMovable('completed')).toBe(false);
    expect(isMovable('cancelled')).toBe(false);
  });
});
