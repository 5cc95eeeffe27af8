import { describe, expect, it } from 'vitest';
import { isTooth, placeNeeded, placeOf } from './teeth';

describe('teeth in a visit', () => {
  it('names surfaces as they are called on that tooth', () => {
    expect(placeOf('16', ['O', 'M'])).toBe('16 MO');
    expect(placeOf('11', ['O', 'B'])).toBe('11 IF');
    expect(placeOf('26', ['L'])).toBe('26 P');
    expect(placeOf('36', ['L'])).toBe('36 L');
    expect(placeOf(null, ['M'])).toBe('');
  });

  it('takes permanent and primary teeth and nothing else', () => {
    expect(['11', '48', '51', '85'].every(isTooth)).toBe(true);
    expect(['19', '56', '90', '1', '111', ''].some(isTooth)).toBe(false);
  });

  it('asks for the place that the procedure works on', () => {
    expect(placeNeeded('mouth')).toEqual({ tooth: 'none', surfaces: false });
    expect(placeNeeded('tooth')).toEqual({ tooth: 'required', surfaces: false });
    expect(placeNeeded('unit')).toEqual({ tooth: 'optional', surfaces: false });
    expect(placeNeeded('surface')).toEqual({ tooth: 'required', surfaces: true });
  });
});
