import { describe, expect, it } from 'vitest';
import type { ChartState, ChartTooth } from '@/api/types';
import { paintsOf } from './layerSigns';
import { toothPicture } from './toothPicture';

const state = (
  layer: ChartState['layer'],
  code: string,
  surfaces: ChartState['surfaces'] = [],
): ChartState => ({
  event_id: `${layer}-${code}`,
  layer,
  code,
  surfaces,
  existing_elsewhere: false,
  on: '2026-11-22',
});
const signs = (...states: ChartState[]) =>
  paintsOf(toothPicture({ present: true, occupant: 'tooth', states } satisfies ChartTooth));

describe('the signs of a tooth', () => {
  it('are none where nothing is recorded', () => {
    expect(signs()).toEqual([]);
  });

  it('name each layer once, whatever is drawn in it', () => {
    expect(signs(state('finding', 'caries', ['O']), state('finding', 'fracture'))).toEqual(['pathology']);
    expect(
      signs(
        state('done', 'root_canal'),
        state('plan', 'crown'),
        state('finding', 'caries', ['M']),
        state('finding', 'filling', ['O']),
      ),
    ).toEqual(['existing', 'pathology', 'plan', 'done']);
  });

  it('tell a tooth that is gone from one that was taken out here', () => {
    expect(signs(state('finding', 'missing'))).toEqual(['existing']);
    expect(signs(state('done', 'extracted'))).toEqual(['done']);
    expect(signs(state('plan', 'extracted'))).toEqual(['plan']);
  });
});
