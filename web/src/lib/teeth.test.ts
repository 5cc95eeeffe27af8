import { describe, expect, it } from 'vitest';
import { archOrder, counterpart, PERMANENT_TEETH, PRIMARY_TEETH, parseTooth } from './teeth';

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
});
