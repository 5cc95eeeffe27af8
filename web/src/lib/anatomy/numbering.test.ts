import { describe, expect, it } from 'vitest';
import { PERMANENT_TEETH, PRIMARY_TEETH } from '../teeth';
import { NUMBERINGS, readToothLabel, toothLabel } from './numbering';

const ALL = [...PERMANENT_TEETH, ...PRIMARY_TEETH];

describe('numbering', () => {
  it('gives the labels of the field', () => {
    expect(['18', '28', '38', '48'].map((code) => toothLabel(code, 'universal'))).toEqual([
      '1',
      '16',
      '17',
      '32',
    ]);
    expect(['55', '65', '75', '85'].map((code) => toothLabel(code, 'universal'))).toEqual([
      'A',
      'J',
      'K',
      'T',
    ]);
    expect(toothLabel('16', 'palmer')).toBe('6┘');
    expect(toothLabel('71', 'palmer')).toBe('┌A');
  });

  it('is unambiguous in every numbering', () => {
    for (const numbering of NUMBERINGS) {
      expect(new Set(ALL.map((code) => toothLabel(code, numbering))).size).toBe(52);
    }
  });

  it('reads back what it shows', () => {
    for (const code of ALL) {
      expect(readToothLabel(code, 'fdi')).toBe(code);
      expect(readToothLabel(toothLabel(code, 'universal').toLowerCase(), 'universal')).toBe(code);
    }
    expect(readToothLabel('ur6', 'palmer')).toBe('16');
    expect(readToothLabel('LRE', 'fdi')).toBe('85');
    expect(readToothLabel('33', 'universal')).toBeNull();
  });
});
