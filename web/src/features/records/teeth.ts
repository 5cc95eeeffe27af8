import type { ProcedureScope } from '@/api/types';

/** FDI codes of the permanent and the primary teeth. */
export const isTooth = (code: string) => /^([1-4][1-8]|[5-8][1-5])$/.test(code);

export const SURFACES = ['M', 'O', 'D', 'B', 'L'] as const;
export type Surface = (typeof SURFACES)[number];

export const isSurface = (letter: string): letter is Surface => SURFACES.some((one) => one === letter);

export type SurfaceName =
  | 'mesial'
  | 'occlusal'
  | 'incisal'
  | 'distal'
  | 'buccal'
  | 'facial'
  | 'lingual'
  | 'palatal';

/** The letter and the word a stored surface has on this tooth: O is I in front, L is P above. */
export function surfaceOn(surface: Surface, tooth: string): { letter: string; name: SurfaceName } {
  const front = Number(tooth[1]) <= 3;
  const upper = ['1', '2', '5', '6'].includes(tooth[0] ?? '');
  switch (surface) {
    case 'M':
      return { letter: 'M', name: 'mesial' };
    case 'D':
      return { letter: 'D', name: 'distal' };
    case 'O':
      return front ? { letter: 'I', name: 'incisal' } : { letter: 'O', name: 'occlusal' };
    case 'B':
      return front ? { letter: 'F', name: 'facial' } : { letter: 'B', name: 'buccal' };
    case 'L':
      return upper ? { letter: 'P', name: 'palatal' } : { letter: 'L', name: 'lingual' };
  }
}

/** `16 MO`; empty without a tooth. */
export function placeOf(tooth: string | null, surfaces: readonly string[] | null): string {
  if (!tooth) return '';
  const letters = SURFACES.filter((one) => surfaces?.includes(one)).map(
    (one) => surfaceOn(one, tooth).letter,
  );
  return letters.length > 0 ? `${tooth} ${letters.join('')}` : tooth;
}

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
