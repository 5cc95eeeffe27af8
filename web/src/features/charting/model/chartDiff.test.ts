import { describe, expect, it } from 'vitest';
import type { Chart, ChartState } from '@/api/types';
import { chartDiff, factOf, groupChanges, marksOf } from './chartDiff';

type Mouth = Pick<Chart, 'teeth' | 'mouth'>;

const state = (layer: ChartState['layer'], code: string, more: Partial<ChartState> = {}): ChartState => ({
  event_id: `${layer}-${code}`,
  layer,
  code,
  surfaces: [],
  existing_elsewhere: false,
  on: '2026-11-22',
  ...more,
});
const mouth = (teeth: Record<string, ChartState[]>, whole: ChartState[] = []): Mouth => ({
  mouth: whole,
  teeth: Object.fromEntries(
    Object.entries(teeth).map(([code, states]) => [code, { present: true, occupant: 'tooth', states }]),
  ),
});
const told = (earlier: Mouth, later: Mouth) =>
  chartDiff(earlier, later).map(({ tooth, kind, before, after }) => [
    tooth,
    kind,
    before?.code ?? '',
    after?.code ?? '',
  ]);

describe('what changed between two days', () => {
  it('appears and goes by tooth, and for the whole mouth', () => {
    const earlier = mouth({ '16': [state('finding', 'caries', { surfaces: ['O'] })] });
    const later = mouth({ '26': [state('finding', 'missing')] }, [state('finding', 'bruxism')]);
    expect(told(earlier, later)).toEqual([
      [null, 'appeared', '', 'bruxism'],
      ['16', 'went', 'caries', ''],
      ['26', 'appeared', '', 'missing'],
    ]);
  });

  it('takes a plan that was carried out as one change', () => {
    const earlier = mouth({ '36': [state('plan', 'crown', { material: 'zirconia' })] });
    const later = mouth({ '36': [state('done', 'crown', { material: 'zirconia' })] });
    expect(told(earlier, later)).toEqual([['36', 'changed', 'crown', 'crown']]);
    expect([...marksOf(chartDiff(earlier, later))]).toEqual([['36', 'changed']]);
  });

  it('takes a grade that rose as one change, and keeps what stayed apart', () => {
    const stays = state('finding', 'caries', { event_id: 'a', surfaces: ['D'], severity: 2 });
    const grows = { event_id: 'b', surfaces: ['O'] } satisfies Partial<ChartState>;
    const earlier = mouth({ '16': [stays, state('finding', 'caries', { ...grows, severity: 2 })] });
    const later = mouth({ '16': [stays, state('finding', 'caries', { ...grows, severity: 4 })] });
    const [change, ...rest] = chartDiff(earlier, later);
    expect(rest).toEqual([]);
    expect([change?.before?.severity, change?.after?.severity]).toEqual([2, 4]);
  });

  it('does not call a fact new that another entry says', () => {
    const said = (event_id: string) => mouth({ '16': [state('finding', 'missing', { event_id })] });
    expect(chartDiff(said('a'), said('b'))).toEqual([]);
  });

  it('tells a bridge once, with its teeth', () => {
    const part = (value: ChartState['part']) => [state('done', 'bridge', { event_id: 'b', part: value })];
    const later = mouth({ '11': part('abutment'), '12': part('pontic'), '21': part('abutment') });
    const groups = groupChanges(chartDiff(mouth({}), later), 'appeared');
    expect(groups.map(({ teeth }) => teeth)).toEqual([['12', '11', '21']]);
  });

  it('marks a tooth with several kinds of change as changed', () => {
    const earlier = mouth({ '16': [state('finding', 'caries', { surfaces: ['O'] })] });
    const later = mouth({ '16': [state('done', 'filling', { surfaces: ['O'] })] });
    expect([...marksOf(chartDiff(earlier, later))]).toEqual([['16', 'changed']]);
  });
});

/** Mouths that a fixed seed draws: the same ones in every run. */
function mouths(count: number): Mouth[] {
  let seed = 20261125;
  const below = (limit: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * limit);
  };
  const pick = <T>(values: readonly T[]): T => values[below(values.length)] as T;
  const drawn = (): ChartState =>
    state(pick(['finding', 'plan', 'done']), pick(['caries', 'filling', 'crown', 'bridge']), {
      event_id: pick(['a', 'b', 'c', 'd']),
      surfaces: pick([[], ['O'], ['M', 'O']]),
      severity: pick([null, 2, 4]),
      part: pick([null, 'abutment', 'pontic']),
    });
  const several = () => Array.from({ length: below(4) }, drawn);
  return Array.from({ length: count }, () =>
    mouth({ '16': several(), '15': several(), '55': several() }, several()),
  );
}

const facts = ({ teeth, mouth: whole }: Mouth) =>
  [
    ...whole.map((one) => `mouth ${factOf(one)}`),
    ...Object.entries(teeth).flatMap(([code, { states }]) => states.map((one) => `${code} ${factOf(one)}`)),
  ].sort();

describe('of any two mouths', () => {
  const drawn = mouths(120);
  const pairs = drawn.map((earlier, index) => [earlier, drawn[(index * 7 + 1) % drawn.length] as Mouth]);

  it('the difference of a mouth from itself is empty', () => {
    for (const one of drawn) expect(chartDiff(one, one)).toEqual([]);
  });

  it('the earlier one with the difference applied is the later one', () => {
    for (const [earlier, later] of pairs as [Mouth, Mouth][]) {
      const left = facts(earlier);
      for (const { tooth, before, after } of chartDiff(earlier, later)) {
        const place = tooth ?? 'mouth';
        if (before) {
          const at = left.indexOf(`${place} ${factOf(before)}`);
          expect(at).toBeGreaterThanOrEqual(0);
          left.splice(at, 1);
        }
        if (after) left.push(`${place} ${factOf(after)}`);
      }
      expect(left.sort()).toEqual(facts(later));
    }
  });

  it('going back swaps what appeared and what went', () => {
    const count = (earlier: Mouth, later: Mouth, kind: string) =>
      chartDiff(earlier, later).filter((change) => change.kind === kind).length;
    for (const [earlier, later] of pairs as [Mouth, Mouth][]) {
      expect(count(later, earlier, 'appeared')).toBe(count(earlier, later, 'went'));
      expect(count(later, earlier, 'changed')).toBe(count(earlier, later, 'changed'));
    }
  });
});
