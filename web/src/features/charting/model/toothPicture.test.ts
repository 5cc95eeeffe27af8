import { describe, expect, it } from 'vitest';
import type { ChartEvent, ChartState, ChartTooth } from '@/api/types';
import { changedTeeth, daysWithEntries, historyOf } from './chartHistory';
import { joints, toothPicture } from './toothPicture';

const state = (layer: ChartState['layer'], code: string, more: Partial<ChartState> = {}): ChartState => ({
  event_id: `${layer}-${code}`,
  layer,
  code,
  surfaces: [],
  existing_elsewhere: false,
  on: '2026-11-22',
  ...more,
});
const tooth = (...states: ChartState[]): ChartTooth => ({ present: true, occupant: 'tooth', states });

describe('the picture of a tooth', () => {
  it('shows nothing over a tooth without entries', () => {
    expect(toothPicture(undefined)).toEqual({
      presence: 'present',
      presencePaint: 'existing',
      surfaces: {},
      extra: {},
      notes: [],
    });
  });

  it('draws a tooth too many on its side until it is taken out, and keeps what was written', () => {
    const found = state('finding', 'supernumerary', { surfaces: ['M', 'L'], note: 'Conical' });
    const planned = state('plan', 'supernumerary_extracted', { surfaces: ['M'] });
    const picture = toothPicture(tooth(found, planned));
    expect(picture.extra.M?.extraction?.paint).toBe('plan');
    expect(picture.extra.L?.extraction).toBeUndefined();
    expect(picture.notes).toEqual(['Conical']);
    expect(picture.surfaces).toEqual({});
    const done = state('done', 'supernumerary_extracted', { surfaces: ['M'] });
    expect(toothPicture(tooth(done)).extra).toEqual({});
  });

  it('keeps caries visible under a planned filling', () => {
    const picture = toothPicture(
      tooth(
        state('finding', 'caries', { surfaces: ['O'], severity: 5 }),
        state('plan', 'filling', { surfaces: ['O', 'D'], material: 'composite' }),
      ),
    );
    expect(picture.surfaces.O?.base).toMatchObject({ code: 'caries', paint: 'pathology', severity: 5 });
    expect(picture.surfaces.O?.plan).toMatchObject({ code: 'filling', paint: 'plan', material: 'composite' });
    expect(picture.surfaces.D?.base).toBeUndefined();
  });

  it('lets the later entry lie over the earlier one', () => {
    const picture = toothPicture(
      tooth(state('finding', 'caries', { surfaces: ['O'] }), state('done', 'filling', { surfaces: ['O'] })),
    );
    expect(picture.surfaces.O?.base).toMatchObject({ code: 'filling', paint: 'done' });
  });

  it('does not take a tooth away that is only planned to be extracted', () => {
    const picture = toothPicture(tooth(state('plan', 'extracted')));
    expect(picture.presence).toBe('present');
    expect(picture.extraction?.paint).toBe('plan');
  });

  it('shows a tooth that is gone even when no state says why', () => {
    expect(toothPicture({ present: false, occupant: 'nothing', states: [] }).presence).toBe('missing');
  });

  it('keeps the part of a tooth in its bridge', () => {
    expect(toothPicture(tooth(state('done', 'bridge', { part: 'pontic' }))).crown?.part).toBe('pontic');
  });

  it('joins the members of one bridge and not its neighbours', () => {
    const member = (part: ChartState['part']) => tooth(state('finding', 'bridge', { event_id: 'b', part }));
    const teeth = {
      '14': member('abutment'),
      '15': member('pontic'),
      '16': member('abutment'),
      '17': tooth(),
    };
    expect(joints(teeth, ['17', '16', '15', '14', '13'])).toEqual([
      { from: '16', to: '15', paint: 'existing', code: 'bridge' },
      { from: '15', to: '14', paint: 'existing', code: 'bridge' },
    ]);
  });

  it('joins a splint apart from the bridge beside it', () => {
    const splinted = state('done', 'splint', { event_id: 's' });
    const teeth = { '11': tooth(splinted), '12': tooth(splinted), '13': tooth(state('done', 'splint')) };
    expect(joints(teeth, ['13', '12', '11'])).toEqual([
      { from: '12', to: '11', paint: 'done', code: 'splint' },
    ]);
  });

  it('keeps the filling visible under what is wrong with it', () => {
    const picture = toothPicture(
      tooth(
        state('done', 'filling', { surfaces: ['M', 'O'], material: 'amalgam' }),
        state('finding', 'filling_defect', { surfaces: ['M'] }),
      ),
    );
    expect(picture.surfaces.M?.base?.code).toBe('filling');
    expect(picture.surfaces.M?.defect?.paint).toBe('pathology');
    expect(picture.surfaces.O?.defect).toBeUndefined();
  });
});

describe('the history', () => {
  const event = (id: string, on: string, more: Partial<ChartEvent> = {}): ChartEvent => ({
    id,
    on,
    layer: 'finding',
    code: 'caries',
    teeth: ['16'],
    surfaces: ['O'],
    severity: null,
    material: null,
    unit: null,
    existing_elsewhere: false,
    act_id: null,
    undoable: false,
    visit_id: null,
    recorded_at: `${on}T10:00:00+02:00`,
    recorded_by: { name_ar: '', name_en: 'Dr Layla' },
    corrects: null,
    corrected_by: null,
    reason: null,
    ...more,
  });
  const events = [
    event('a', '2026-01-05'),
    event('b', '2026-03-01', { corrected_by: 'c' }),
    event('c', '2026-03-02', { layer: 'correction', corrects: 'b', reason: 'Wrong tooth' }),
    event('d', '2026-04-01', { teeth: [], unit: [{ tooth: '26', part: 'abutment' }] }),
  ];

  it('is newest first and keeps what was taken back, with the reason', () => {
    expect(
      historyOf(events).map(({ event: { id }, correction }) => [id, correction?.reason ?? null]),
    ).toEqual([
      ['d', null],
      ['b', 'Wrong tooth'],
      ['a', null],
    ]);
    expect(historyOf(events, new Set(['26'])).map(({ event: { id } }) => id)).toEqual(['d']);
  });

  it('marks teeth with entries that stand after a day', () => {
    expect(daysWithEntries(events)).toEqual(['2026-01-05', '2026-04-01']);
    expect([...changedTeeth(events, '2026-01-05', null)]).toEqual(['26']);
    expect([...changedTeeth(events, '2025-12-31', '2026-02-01')]).toEqual(['16']);
  });
});
