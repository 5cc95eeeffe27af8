import type { PerioSiteChange } from '@/api/types';
import type { ToothCode } from '@/lib/teeth';
import type { Sign } from './changes';
import { type Direction, neighbour } from './entryPath';
import { type Place, samePlace } from './sites';

/** What digits are: a probing depth, or the gum's margin. */
export type Mode = 'depth' | 'margin';

export interface Entry {
  mode: Mode;
  at: Place;
  /** The site that was written last: signs belong to it. */
  last: Place | null;
  /** `+` was typed: the next digit is ten more. */
  ten: boolean;
  /** `−` was typed: the next digit is a recession. */
  minus: boolean;
}

export type Key =
  | { kind: 'digit'; value: number; shifted?: boolean }
  | { kind: 'ten' | 'minus' | 'back' | 'mode' | 'nextTooth' | 'first' | 'final' | 'advance' }
  | { kind: 'sign'; sign: Sign }
  | { kind: 'move'; direction: Direction };

/** What a key does: where one is afterwards, and what it writes. */
export interface Outcome {
  entry: Entry;
  write?: { place: Place; change: PerioSiteChange };
}

export interface Ground {
  path: readonly Place[];
  isThere: (tooth: ToothCode) => boolean;
  /** Whether a sign is set at a site; typing it again takes it back. */
  hasSign: (place: Place, sign: Sign) => boolean;
}

export const MAX_DEPTH = 15;
export const MAX_MARGIN = 15;

const settled = (entry: Entry): Entry =>
  entry.ten || entry.minus ? { ...entry, ten: false, minus: false } : entry;

/** A pure step of typing: no network, no clock, so that no key is ever lost to waiting. */
export function typed(entry: Entry, key: Key, ground: Ground): Outcome {
  switch (key.kind) {
    case 'digit':
      return digit(entry, key.value + (key.shifted || entry.ten ? 10 : 0), ground);
    case 'ten':
      return { entry: { ...entry, ten: !entry.ten } };
    case 'minus':
      return { entry: { ...entry, minus: !entry.minus } };
    case 'mode':
      return { entry: { ...settled(entry), mode: entry.mode === 'depth' ? 'margin' : 'depth' } };
    case 'sign': {
      const place = entry.last ?? entry.at;
      return {
        entry: settled(entry),
        write: { place, change: { [key.sign]: !ground.hasSign(place, key.sign) } },
      };
    }
    case 'back':
      return back(entry, ground);
    case 'advance':
      return { entry: moved(entry, step(entry.at, 1, ground.path)) };
    case 'move':
      return { entry: moved(entry, neighbour(entry.at, key.direction, ground.isThere)) };
    case 'nextTooth': {
      const index = indexOf(ground.path, entry.at);
      const next = ground.path.slice(index + 1).find(({ tooth }) => tooth !== entry.at.tooth);
      return { entry: moved(entry, next ?? entry.at) };
    }
    case 'first':
      return { entry: moved(entry, ground.path[0] ?? entry.at) };
    case 'final':
      return { entry: moved(entry, ground.path[ground.path.length - 1] ?? entry.at) };
  }
}

function digit(entry: Entry, value: number, ground: Ground): Outcome {
  // While depths are typed, a minus says the recession at the site that was just read.
  if (entry.mode === 'depth' && entry.minus) {
    const place = entry.last ?? entry.at;
    const margin = -Math.min(value, MAX_MARGIN);
    return { entry: settled(entry), write: { place, change: { margin } } };
  }
  const change: PerioSiteChange =
    entry.mode === 'depth'
      ? { depth: Math.min(value, MAX_DEPTH) }
      : { margin: Math.min(value, MAX_MARGIN) * (entry.minus && value > 0 ? -1 : 1) };
  return {
    entry: { ...settled(entry), last: entry.at, at: step(entry.at, 1, ground.path) },
    write: { place: entry.at, change },
  };
}

/** Takes back a prefix, or goes to the site before and clears what was typed there. */
function back(entry: Entry, { path }: Ground): Outcome {
  if (entry.ten || entry.minus) return { entry: settled(entry) };
  // At the end of the path the last site was written and is still where one is.
  const stays = entry.last !== null && samePlace(entry.last, entry.at);
  const place = stays ? entry.at : step(entry.at, -1, path);
  const before = step(place, -1, path);
  return {
    entry: { ...entry, at: place, last: samePlace(before, place) ? null : before },
    write: { place, change: entry.mode === 'depth' ? { depth: null } : { margin: null } },
  };
}

function moved(entry: Entry, at: Place): Entry {
  return { ...settled(entry), at, last: at };
}

const indexOf = (path: readonly Place[], at: Place) => path.findIndex((place) => samePlace(place, at));

function step(at: Place, by: number, path: readonly Place[]): Place {
  return path[indexOf(path, at) + by] ?? at;
}

const SIGN_KEYS: Record<string, Sign> = {
  KeyB: 'bleeding',
  Space: 'bleeding',
  KeyS: 'suppuration',
  KeyP: 'plaque',
  KeyC: 'calculus',
};
const ARROWS: Record<string, Direction> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};
const ARABIC_ZERO = 0x660;

/** Reads a key by where it lies on the keyboard, so that it works while Arabic is typed too. */
export function readKey(event: {
  key: string;
  code: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}): Key | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const { key, code, shiftKey } = event;
  // The plus sign is a shifted key on most keyboards: it comes before the keys read by their place.
  if (key === '+') return { kind: 'ten' };
  if (key === '-' || key === '−') return { kind: 'minus' };
  if (/^\d$/.test(key)) return { kind: 'digit', value: Number(key) };
  if (isArabicDigit(key)) return { kind: 'digit', value: key.charCodeAt(0) - ARABIC_ZERO };
  // A digit's key that writes something else: with Shift ten more, on a French keyboard the digit itself.
  const place = /^Digit(\d)$/.exec(code)?.[1];
  if (place !== undefined && key.length === 1) {
    return { kind: 'digit', value: Number(place), shifted: shiftKey };
  }
  const sign = SIGN_KEYS[code];
  if (sign) return { kind: 'sign', sign };
  const direction = ARROWS[key];
  if (direction) return { kind: 'move', direction };
  if (code === 'KeyM') return { kind: 'mode' };
  if (code === 'KeyN') return { kind: 'advance' };
  if (key === 'Backspace') return { kind: 'back' };
  if (key === 'Enter') return { kind: 'nextTooth' };
  if (key === 'Home') return { kind: 'first' };
  if (key === 'End') return { kind: 'final' };
  return null;
}

const isArabicDigit = (key: string) => /^[٠-٩]$/.test(key);
