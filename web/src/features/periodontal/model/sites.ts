import type { PerioSiteName } from '@/api/types';
import { type Arch, archOrder, type ToothCode, toothOf } from '@/lib/teeth';

/** One of the four rows of sites, as they lie under each other in the picture. */
export type Strip = 'upper_outer' | 'upper_inner' | 'lower_inner' | 'lower_outer';

export const STRIPS: readonly Strip[] = ['upper_outer', 'upper_inner', 'lower_inner', 'lower_outer'];

export const SITES: readonly PerioSiteName[] = ['DB', 'B', 'MB', 'DL', 'L', 'ML'];
const OUTER = ['DB', 'B', 'MB'] as const satisfies readonly PerioSiteName[];
const INNER = ['DL', 'L', 'ML'] as const satisfies readonly PerioSiteName[];

/** A site of a tooth. */
export interface Place {
  tooth: ToothCode;
  site: PerioSiteName;
}

export const archOf = (strip: Strip): Arch => (strip.startsWith('upper') ? 'upper' : 'lower');
export const isOuter = (strip: Strip) => strip.endsWith('outer');

/** Roots point up on the cheek's side of the upper jaw and on the tongue's side of the lower one. */
export const rootsUp = (strip: Strip) => strip === 'upper_outer' || strip === 'lower_inner';

export function stripOf({ tooth, site }: Place): Strip {
  const outer = (OUTER as readonly PerioSiteName[]).includes(site);
  return `${toothOf(tooth).arch}_${outer ? 'outer' : 'inner'}`;
}

/** The three sites of a tooth in a strip, from the viewer's left: never mirrored, in no language. */
export function sitesOf(tooth: ToothCode, strip: Strip): PerioSiteName[] {
  const sites = isOuter(strip) ? [...OUTER] : [...INNER];
  return toothOf(tooth).side === 'right' ? sites : sites.reverse();
}

export const teethOf = (strip: Strip): ToothCode[] => archOrder(archOf(strip), false);

/** All sites of a strip from the viewer's left. */
export function placesOf(strip: Strip): Place[] {
  return teethOf(strip).flatMap((tooth) => sitesOf(tooth, strip).map((site) => ({ tooth, site })));
}

export const placeId = ({ tooth, site }: Place) => `perio-${tooth}-${site}`;
export const samePlace = (a: Place | null, b: Place | null) =>
  a !== null && b !== null && a.tooth === b.tooth && a.site === b.site;
