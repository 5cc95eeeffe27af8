import type { ProcedureScope } from '@/api/types';
import type { Surface } from '@/lib/surfaces';

/** Which part of the mouth a procedure has to name, or may, before it can be recorded. */
export function placeNeeded(scope: ProcedureScope): {
  tooth: 'required' | 'optional' | 'none';
  surfaces: boolean;
} {
  if (scope === 'tooth' || scope === 'surface') return { tooth: 'required', surfaces: scope === 'surface' };
  return { tooth: scope === 'unit' ? 'optional' : 'none', surfaces: false };
}

/** What is chosen on the chart, for the next diagnosis or procedure. */
export interface ChosenPlace {
  teeth: string[];
  surfaces: Surface[];
}
