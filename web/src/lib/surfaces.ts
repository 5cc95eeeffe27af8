import { parseTooth, type ToothCode } from './teeth';

/** The surfaces of a crown as they are stored; how a person letters them depends on the tooth. */
export const CROWN_SURFACES = ['M', 'O', 'D', 'B', 'L'] as const;
/** V is the cervical third (class V), R the root. In the order in which letters are written. */
export const SURFACES = [...CROWN_SURFACES, 'V', 'R'] as const;
export type CrownSurface = (typeof CROWN_SURFACES)[number];
export type Surface = (typeof SURFACES)[number];

/** What a dentist may type for each stored surface, whatever the tooth; the Arabic letters are those of the Arabic names. */
const STORED: Record<string, Surface> = {
  M: 'M',
  D: 'D',
  O: 'O',
  I: 'O',
  B: 'B',
  F: 'B',
  L: 'L',
  P: 'L',
  V: 'V',
  R: 'R',
  ا: 'M',
  و: 'D',
  ط: 'O',
  ق: 'O',
  خ: 'B',
  ش: 'B',
  ل: 'L',
  ح: 'L',
  ع: 'V',
  ج: 'R',
};

/** The letter a surface has on this tooth: I and F on front teeth, P on the inside of the upper arch. */
export function surfaceLetter(surface: Surface, code: ToothCode): string {
  const tooth = parseTooth(code);
  if (!tooth) return surface;
  if (surface === 'O' && tooth.front) return 'I';
  if (surface === 'B' && tooth.front) return 'F';
  if (surface === 'L' && tooth.arch === 'upper') return 'P';
  return surface;
}

export type SurfaceName =
  | 'mesial'
  | 'distal'
  | 'occlusal'
  | 'incisal'
  | 'buccal'
  | 'facial'
  | 'lingual'
  | 'palatal'
  | 'cervical'
  | 'root';
const NAMES: Record<string, SurfaceName> = {
  M: 'mesial',
  D: 'distal',
  O: 'occlusal',
  I: 'incisal',
  B: 'buccal',
  F: 'facial',
  L: 'lingual',
  P: 'palatal',
  V: 'cervical',
  R: 'root',
};

export function surfaceName(surface: Surface, code: ToothCode): SurfaceName {
  return NAMES[surfaceLetter(surface, code)] ?? 'occlusal';
}

/** Surfaces in the order they are spoken: MOD, not DMO. */
export function sortSurfaces(surfaces: Iterable<Surface>): Surface[] {
  const chosen = new Set(surfaces);
  return SURFACES.filter((surface) => chosen.has(surface));
}

export function surfaceLetters(surfaces: Iterable<Surface>, code: ToothCode): string {
  const sorted = sortSurfaces(surfaces);
  // Without a mesial part the distal one is named first: DO, not OD.
  if (sorted[0] === 'O' && sorted[1] === 'D') sorted.splice(0, 2, 'D', 'O');
  return sorted.map((surface) => surfaceLetter(surface, code)).join('');
}

/** `16 MO`: the tooth with its surfaces. */
export function placeOf(code: ToothCode, surfaces: Iterable<Surface>): string {
  const letters = surfaceLetters(surfaces, code);
  return letters ? `${code} ${letters}` : code;
}

/** Reads `mod` as three surfaces; null when any letter is not one, or is there twice. */
export function readSurfaces(typed: string): Surface[] | null {
  const surfaces = [...typed.toUpperCase()].map((letter) => STORED[letter]);
  if (surfaces.length === 0 || new Set(surfaces).size < surfaces.length) return null;
  return surfaces.every((surface) => surface !== undefined) ? sortSurfaces(surfaces as Surface[]) : null;
}
