import type { ToothCode } from '@/lib/teeth';
import { type Place, placesOf, STRIPS, type Strip, samePlace, sitesOf, stripOf, teethOf } from './sites';

/** The order in which sites are probed. */
export type PathName = 'arches' | 'quadrants' | 'teeth';
export const PATHS: readonly PathName[] = ['arches', 'quadrants', 'teeth'];

/** There along the cheek and back along the palate; in the lower jaw there along the tongue and back along the cheek. */
const BACKWARDS: Record<Strip, boolean> = {
  upper_outer: false,
  upper_inner: true,
  lower_inner: false,
  lower_outer: true,
};

function alongStrip(strip: Strip): Place[] {
  const places = placesOf(strip);
  return BACKWARDS[strip] ? places.reverse() : places;
}

/** Each quadrant there and back, clockwise from the patient's upper right. */
const QUADRANTS: readonly (readonly [quadrant: number, there: Strip, back: Strip, reversed: boolean])[] = [
  [1, 'upper_outer', 'upper_inner', false],
  [2, 'upper_outer', 'upper_inner', false],
  [3, 'lower_inner', 'lower_outer', true],
  [4, 'lower_inner', 'lower_outer', true],
];

function alongQuadrants(): Place[] {
  return QUADRANTS.flatMap(([quadrant, there, back, reversed]) => {
    const part = (strip: Strip) => placesOf(strip).filter(({ tooth }) => tooth.startsWith(`${quadrant}`));
    const [out, home] = [part(there), part(back).reverse()];
    return reversed ? [...out.reverse(), ...home.reverse()] : [...out, ...home];
  });
}

function alongTeeth(): Place[] {
  const around = (upper: boolean) =>
    teethOf(upper ? 'upper_outer' : 'lower_outer').flatMap((tooth) => {
      const strips: Strip[] = upper ? ['upper_outer', 'upper_inner'] : ['lower_outer', 'lower_inner'];
      return strips.flatMap((strip) => sitesOf(tooth, strip).map((site) => ({ tooth, site })));
    });
  return [...around(true), ...around(false)];
}

/** Every site of the teeth that are there, each once. */
export function entryPath(name: PathName, isThere: (tooth: ToothCode) => boolean): Place[] {
  const all =
    name === 'arches' ? STRIPS.flatMap(alongStrip) : name === 'quadrants' ? alongQuadrants() : alongTeeth();
  return all.filter(({ tooth }) => isThere(tooth));
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The site one sees beside a site; teeth that are not there are passed over. */
export function neighbour(from: Place, direction: Direction, isThere: (tooth: ToothCode) => boolean): Place {
  const strip = stripOf(from);
  const there = (place: Place) => isThere(place.tooth);
  if (direction === 'left' || direction === 'right') {
    const row = placesOf(strip).filter((place) => there(place) || samePlace(place, from));
    const index = row.findIndex((place) => samePlace(place, from));
    return row[index + (direction === 'left' ? -1 : 1)] ?? from;
  }
  const column = placesOf(strip).findIndex((place) => samePlace(place, from));
  const step = direction === 'up' ? -1 : 1;
  for (let index = STRIPS.indexOf(strip) + step; ; index += step) {
    const next = STRIPS[index];
    if (!next) return from;
    const place = placesOf(next)[column];
    if (place && there(place)) return place;
  }
}
