import type { Chart, NewChartEvent } from '@/api/types';
import type { Dentition } from '@/lib/anatomy/archLayout';
import { isUsuallyErupted } from '@/lib/anatomy/eruption';
import { PERMANENT_TEETH, PRIMARY_TEETH, type ToothCode } from '@/lib/teeth';

export type Prefill = 'sound' | 'third_molars_missing';

const THIRD_MOLARS: readonly ToothCode[] = ['18', '28', '38', '48'];

/** What a chart that says nothing yet may be filled with: as long as only such entries stand, the other is offered. */
export function prefills(chart: Chart): Prefill[] {
  const codes = new Set(Object.values(chart.teeth).flatMap((tooth) => tooth.states.map(({ code }) => code)));
  if (chart.mouth.length > 0 || [...codes].some((code) => code !== 'sound' && code !== 'missing')) return [];
  const offered: Prefill[] = [];
  if (!codes.has('sound')) offered.push('sound');
  if (!codes.has('missing') && chart.dentition === 'permanent') offered.push('third_molars_missing');
  return offered;
}

/** The teeth expected in the mouth: in a mixed dentition those of the age, where it is known. */
function expectedTeeth(dentition: Dentition, ageYears: number | null): readonly ToothCode[] {
  if (dentition === 'primary') return PRIMARY_TEETH;
  if (dentition === 'permanent') return PERMANENT_TEETH;
  return [...PERMANENT_TEETH, ...PRIMARY_TEETH].filter((code) => isUsuallyErupted(code, ageYears ?? 9));
}

export function prefillEvents(prefill: Prefill, chart: Chart, ageYears: number | null): NewChartEvent[] {
  if (prefill === 'third_molars_missing') {
    return THIRD_MOLARS.map((tooth) => ({ layer: 'finding', code: 'missing', teeth: [tooth] }));
  }
  const teeth = expectedTeeth(chart.dentition, ageYears).filter(
    (code) => chart.teeth[code]?.present !== false,
  );
  return [{ layer: 'finding', code: 'sound', teeth: [...teeth] }];
}
