import { describe, expect, it } from 'vitest';
import { placeOf, sortSurfaces, surfaceLetters, surfaceName } from './surfaces';

describe('surface letters', () => {
  it('depend on the tooth', () => {
    expect(surfaceLetters(['O', 'B', 'M'], '11')).toBe('MIF');
    expect(surfaceLetters(['O', 'L', 'M'], '16')).toBe('MOP');
    expect(surfaceLetters(['D', 'O'], '46')).toBe('DO');
    expect(surfaceLetters(['L'], '46')).toBe('L');
    expect(surfaceName('O', '21')).toBe('incisal');
  });

  it('follow the number of the tooth', () => {
    expect(placeOf('16', ['O', 'M'])).toBe('16 MO');
    expect(placeOf('33', ['V'])).toBe('33 V');
    expect(placeOf('48', [])).toBe('48');
  });

  it('are sorted and single', () => {
    expect(sortSurfaces(['D', 'O', 'M', 'O'])).toEqual(['M', 'O', 'D']);
  });
});
