import { describe, expect, it } from 'vitest';
import type { ChartTerm } from '@/api/types';
import type { Numbering } from '@/lib/anatomy/numbering';
import { entryWords } from './entryWords';
import { draftEvent, type Palette, unitOf } from './eventDraft';
import { readQuickEntry } from './quickEntry';

const term = (code: string, name_en: string, name_ar: string, more: Partial<ChartTerm> = {}): ChartTerm => ({
  code,
  name_en,
  name_ar,
  scope: 'tooth',
  layers: ['finding', 'plan', 'done'],
  materials: [],
  severities: [],
  severity_required: false,
  note_required: false,
  surfaces: [],
  surfaces_required: false,
  permanent_only: false,
  furcated_only: false,
  drawing: code,
  ...more,
});
const TERMS = [
  term('caries', 'Caries', 'تسوس', {
    scope: 'surface',
    layers: ['finding'],
    severities: [0, 1, 2, 3, 4, 5, 6],
    surfaces: ['M', 'O', 'D', 'B', 'L', 'V'],
    surfaces_required: true,
  }),
  term('filling', 'Filling', 'حشوة', {
    scope: 'surface',
    materials: ['amalgam', 'composite', 'glass_ionomer'],
    surfaces: ['M', 'O', 'D', 'B', 'L', 'V', 'R'],
    surfaces_required: true,
  }),
  term('crown', 'Crown', 'تاج', { materials: ['zirconia', 'metal_ceramic'] }),
  term('root_canal', 'Root canal treatment', 'علاج عصب'),
  term('missing', 'Missing', 'مفقود', { layers: ['finding'] }),
  term('to_extract', 'To be extracted', 'مقرر خلعه', { layers: ['finding', 'plan'] }),
  term('mobility', 'Mobility', 'حركة السن', {
    layers: ['finding'],
    severities: [1, 2, 3],
    severity_required: true,
  }),
  term('calculus', 'Calculus', 'جير', { layers: ['finding'], surfaces: ['M', 'D', 'B', 'L', 'V', 'R'] }),
  term('bridge', 'Bridge', 'جسر', { scope: 'several_teeth', materials: ['zirconia'] }),
  term('bruxism', 'Bruxism', 'صرير الأسنان', { scope: 'mouth', layers: ['finding'] }),
];
const WORDS = entryWords(TERMS);
const read = (line: string, numbering: Numbering = 'fdi') => readQuickEntry(line, WORDS, numbering);
const EMPTY: Palette = {
  layer: 'finding',
  code: null,
  material: null,
  severity: null,
  surfaces: [],
  teeth: [],
  note: '',
};
const draft = (line: string, palette: Partial<Palette> = {}) => {
  const result = read(line);
  if (!result.ok) throw new Error(`${result.problem}: ${result.word}`);
  return draftEvent({ ...EMPTY, ...palette }, TERMS, result.entry);
};

describe('a quick entry', () => {
  it('reads tooth, surfaces and state in any order', () => {
    const expected = { ok: true, entry: { teeth: ['16'], surfaces: ['M', 'O', 'D'], code: 'caries' } };
    expect(read('16 mod caries')).toEqual(expected);
    expect(read('caries DOM 16')).toEqual(expected);
    expect(read('16mod caries')).toEqual(expected);
  });

  it('reads Arabic words and digits of either script', () => {
    expect(read('١٦ mod تسوس')).toEqual(read('16 mod caries'));
    expect(read('۳۶ تاج زركونيا تم')).toEqual(read('36 crown zirconia done'));
    expect(read('46 حشوه o كومبوزيت')).toEqual(read('46 filling o composite'));
    expect(read('26، عَلاج عصب')).toEqual(read('26 root canal treatment'));
  });

  it('reads material, layer and grade', () => {
    expect(read('36 crown metal ceramic plan')).toMatchObject({
      entry: { teeth: ['36'], code: 'crown', material: 'metal_ceramic', layer: 'plan' },
    });
    expect(read('41 mobility 2')).toMatchObject({
      entry: { teeth: ['41'], code: 'mobility', severity: '2' },
    });
    expect(read('41 mob iii')).toMatchObject({ entry: { severity: '3' } });
  });

  it('reads several teeth and ranges across the midline', () => {
    expect(read('16,26 missing')).toMatchObject({ entry: { teeth: ['16', '26'] } });
    expect(read('13-22 missing')).toMatchObject({ entry: { teeth: ['13', '12', '11', '21', '22'] } });
    expect(read('13-43 missing')).toEqual({ ok: false, problem: 'not_a_range', word: '13-43' });
  });

  it('letters surfaces as a dentist does, class V and root included', () => {
    expect(read('11 mif caries')).toMatchObject({ entry: { surfaces: ['M', 'O', 'B'] } });
    expect(read('16 op caries')).toMatchObject({ entry: { surfaces: ['O', 'L'] } });
    expect(read('33 v filling')).toMatchObject({ entry: { surfaces: ['V'] } });
  });

  it('follows the numbering that is set', () => {
    expect(read('3 o caries', 'universal')).toMatchObject({ entry: { teeth: ['16'], surfaces: ['O'] } });
    expect(read('a o caries', 'universal')).toMatchObject({ entry: { teeth: ['55'], surfaces: ['O'] } });
    expect(read('ur6 o caries', 'palmer')).toMatchObject({ entry: { teeth: ['16'] } });
  });

  it('says which word it did not understand', () => {
    expect(read('16 mod carrot')).toEqual({ ok: false, problem: 'unknown_word', word: 'carrot' });
    expect(read('16 foo')).toEqual({ ok: false, problem: 'unknown_word', word: 'foo' });
    expect(read('19 o caries')).toEqual({ ok: false, problem: 'not_a_tooth', word: '19' });
    expect(read('99 o caries')).toEqual({ ok: false, problem: 'not_a_tooth', word: '99' });
    expect(read('16 crown missing')).toEqual({ ok: false, problem: 'two_states', word: 'missing' });
  });

  it('reads what is joined, so that an entry takes few keys', () => {
    const caries = { ok: true, entry: { teeth: ['16'], surfaces: ['M', 'O'], code: 'caries' } };
    for (const line of ['16 mo c', '16mo c', '16moc', '16 moc', '١٦ اط ت', '١٦اطت']) {
      expect(read(line), line).toEqual(caries);
    }
    expect(read('16اطت3')).toMatchObject({ entry: { teeth: ['16'], code: 'caries', severity: '3' } });
    expect(read('اط1')).toMatchObject({ entry: { surfaces: ['M', 'O'], favourite: 1 } });
    expect(read('13-23جس')).toMatchObject({ entry: { code: 'bridge' } });
    expect(read('moc')).toMatchObject({ entry: { teeth: [], surfaces: ['M', 'O'], code: 'caries' } });
    expect(read('16moc3')).toMatchObject({ entry: { code: 'caries', severity: '3' } });
    expect(read('41mob2')).toMatchObject({
      entry: { teeth: ['41'], surfaces: [], code: 'mobility', severity: '2' },
    });
    expect(read('41 mob2')).toMatchObject({ entry: { surfaces: [], code: 'mobility', severity: '2' } });
    expect(read('13-23bg')).toMatchObject({
      entry: { code: 'bridge', teeth: ['13', '12', '11', '21', '22', '23'] },
    });
    expect(read('16x missing k')).toMatchObject({ ok: false, problem: 'two_states' });
  });

  it('reads a single digit as a favourite, where it is no tooth', () => {
    expect(read('16 mo 1')).toEqual({
      ok: true,
      entry: { teeth: ['16'], surfaces: ['M', 'O'], favourite: 1 },
    });
    expect(read('mo1')).toMatchObject({ entry: { surfaces: ['M', 'O'], favourite: 1 } });
    expect(read('16mo.2')).toMatchObject({ entry: { teeth: ['16'], favourite: 2 } });
    expect(read('3 mo .2', 'universal')).toMatchObject({ entry: { teeth: ['16'], favourite: 2 } });
    expect(read('161')).toEqual({ ok: false, problem: 'not_a_tooth', word: '161' });
    expect(read('1612')).toMatchObject({ ok: false });
  });

  it('keeps a letter that opens a line a tooth where teeth have letters', () => {
    expect(read('c o caries', 'universal')).toMatchObject({ entry: { teeth: ['53'], code: 'caries' } });
    expect(read('3 o c', 'universal')).toMatchObject({ entry: { teeth: ['16'], code: 'caries' } });
  });

  it('never fails on what people may paste', () => {
    for (const line of ['', '   ', '-', '99999999999', '١٦١٦', '()[]*', '\u202e16 o caries', '🦷 16']) {
      expect(() => read(line)).not.toThrow();
    }
    expect(read('\u202e16 o caries')).toMatchObject({ ok: true });
  });
});

describe('an event from palette and line', () => {
  it('takes the rest from the palette', () => {
    expect(draft('16 do', { code: 'filling', layer: 'done', material: 'composite' })).toEqual({
      ok: true,
      event: { layer: 'done', code: 'filling', surfaces: ['O', 'D'], material: 'composite', teeth: ['16'] },
    });
    expect(draft('mod', { code: 'caries', teeth: ['26', '27'] })).toMatchObject({
      event: { teeth: ['26', '27'] },
    });
  });

  it('moves to the layer that a state is charted on', () => {
    expect(draft('16 o caries', { layer: 'plan' })).toMatchObject({ event: { layer: 'finding' } });
    expect(draft('16 o caries done')).toEqual({ ok: false, problem: 'layer_not_allowed' });
  });

  it('does not carry one state’s material or another tooth’s surfaces over', () => {
    expect(draft('16 crown', { code: 'filling', material: 'composite' })).toEqual({
      ok: true,
      event: { layer: 'finding', code: 'crown', teeth: ['16'] },
    });
    expect(draft('16 caries', { surfaces: ['O'], teeth: ['26'] })).toEqual({
      ok: false,
      problem: 'surfaces_needed',
    });
  });

  it('refuses what cannot be charted', () => {
    expect(draft('caries o')).toEqual({ ok: false, problem: 'no_tooth' });
    expect(draft('16 o')).toEqual({ ok: false, problem: 'no_state' });
    expect(draft('16 caries')).toEqual({ ok: false, problem: 'surfaces_needed' });
    expect(draft('16 o crown')).toEqual({ ok: false, problem: 'surfaces_not_taken' });
    expect(draft('16 crown composite')).toEqual({ ok: false, problem: 'material_not_allowed' });
    expect(draft('16 o caries 9')).toEqual({ ok: false, problem: 'grade_not_allowed' });
    expect(draft('16 mobility')).toEqual({ ok: false, problem: 'grade_needed' });
    expect(draft('16 o calculus')).toEqual({ ok: false, problem: 'surface_not_there' });
    expect(draft('16 bridge')).toEqual({ ok: false, problem: 'unit_needs_neighbours' });
  });

  it('takes surfaces where the state may have some', () => {
    expect(draft('16 v calculus')).toMatchObject({ event: { surfaces: ['V'] } });
    expect(draft('16 calculus')).toEqual({
      ok: true,
      event: { layer: 'finding', code: 'calculus', teeth: ['16'] },
    });
  });

  it('sends the grade as the server wrote it', () => {
    expect(draft('41 mobility 2')).toMatchObject({ event: { severity: 2 } });
  });

  it('names no tooth for the whole mouth', () => {
    expect(draft('bruxism')).toEqual({ ok: true, event: { layer: 'finding', code: 'bruxism' } });
  });

  it('makes one unit of a bridge', () => {
    expect(draft('14-16 bridge zirconia plan')).toEqual({
      ok: true,
      event: {
        layer: 'plan',
        code: 'bridge',
        material: 'zirconia',
        unit: [
          { tooth: '16', part: 'abutment' },
          { tooth: '15', part: 'pontic' },
          { tooth: '14', part: 'abutment' },
        ],
      },
    });
    expect(unitOf(['14', '16'])).toBeNull();
    expect(unitOf(['11', '21'])).toHaveLength(2);
    expect(unitOf(['18', '48'])).toBeNull();
  });
});
