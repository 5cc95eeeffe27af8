import { describe, expect, it } from 'vitest';
import { archLayout } from '@/lib/anatomy/archLayout';
import { nextSelection } from './entry/nextSelection';
import { neighbour } from './useToothNavigation';

describe('moving by keyboard', () => {
  const permanent = archLayout('permanent');
  const mixed = archLayout('mixed');

  it('goes as the eye goes, across the midline, and stops at the ends', () => {
    expect(neighbour(permanent, '11', 'ArrowRight')).toBe('21');
    expect(neighbour(permanent, '11', 'ArrowLeft')).toBe('12');
    expect(neighbour(permanent, '18', 'ArrowLeft')).toBeNull();
    expect(neighbour(permanent, '23', 'Home')).toBe('18');
    expect(neighbour(permanent, '43', 'End')).toBe('38');
  });

  it('goes up and down to the tooth opposite', () => {
    expect(neighbour(permanent, '16', 'ArrowDown')).toBe('46');
    expect(neighbour(permanent, '36', 'ArrowUp')).toBe('26');
    expect(neighbour(permanent, '16', 'ArrowUp')).toBeNull();
  });

  it('passes through the primary rows of a mixed dentition', () => {
    expect(neighbour(mixed, '15', 'ArrowDown')).toBe('55');
    expect(neighbour(mixed, '55', 'ArrowDown')).toBe('85');
    expect(neighbour(mixed, '18', 'ArrowDown')).toBe('55');
  });
});

describe('selecting', () => {
  it('replaces, toggles and extends', () => {
    expect(nextSelection(['16', '17'], '26', 'only')).toEqual(['26']);
    expect(nextSelection(['16'], '26', 'toggle')).toEqual(['16', '26']);
    expect(nextSelection(['16', '26'], '16', 'toggle')).toEqual(['26']);
    expect(nextSelection(['12'], '22', 'extend')).toEqual(['12', '11', '21', '22']);
    expect(nextSelection(['12', '11'], '14', 'extend')).toEqual(['12', '14', '13']);
    expect(nextSelection(['12'], '42', 'extend')).toEqual(['42']);
  });
});
