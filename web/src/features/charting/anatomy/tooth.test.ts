import { describe, expect, it } from 'vitest';
import { NUMBERINGS, readToothLabel, toothLabel } from './numbering';
import {
  archOrder,
  counterpart,
  isUsuallyErupted,
  PERMANENT_TEETH,
  PRIMARY_TEETH,
  parseTooth,
} from './tooth';

const ALL = [...PERMANENT_TEETH, ...PRIMARY_TEETH];

describe('a tooth by its FDI code', () => {
  it('knows 52 teeth and refuses everything else', () => {
    expect(new Set(ALL).size).toBe(52);
    for (const code of ['10', '19', '56', '91', '1', '116', '', 'ab']) expect(parseTooth(code)).toBeNull();
  });

  it('places each quadrant', () => {
    expect(parseTooth('16')).toMatchObject({
      arch: 'upper',
      side: 'right',
      primary: false,
      kind: 'first_molar',
    });
    expect(parseTooth('23')).toMatchObject({ arch: 'upper', side: 'left', kind: 'canine', front: true });
    expect(parseTooth('75')).toMatchObject({
      arch: 'lower',
      side: 'left',
      primary: true,
      kind: 'second_molar',
    });
    expect(parseTooth('84')).toMatchObject({ arch: 'lower', side: 'right', kind: 'first_molar' });
  });

  it('shows the patient’s right first', () => {
    expect(archOrder('upper', false).join(' ')).toBe('18 17 16 15 14 13 12 11 21 22 23 24 25 26 27 28');
    expect(archOrder('lower', true).join(' ')).toBe('85 84 83 82 81 71 72 73 74 75');
  });

  it('names who succeeds whom', () => {
    expect(counterpart('55')).toBe('15');
    expect(counterpart('34')).toBe('74');
    expect(counterpart('16')).toBeNull();
  });

  it('expects first molars at eight and no second ones', () => {
    expect(isUsuallyErupted('16', 8)).toBe(true);
    expect(isUsuallyErupted('17', 8)).toBe(false);
    expect(isUsuallyErupted('55', 8)).toBe(true);
    expect(isUsuallyErupted('51', 8)).toBe(false);
  });
});

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
