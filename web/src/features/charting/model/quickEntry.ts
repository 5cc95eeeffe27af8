import type { ChartLayer } from '@/api/types';
import { type Numbering, readToothLabel } from '@/lib/anatomy/numbering';
import { readSurfaces, type Surface, sortSurfaces } from '@/lib/surfaces';
import { archOrder, parseTooth, type ToothCode } from '@/lib/teeth';
import { type EntryWord, type EntryWords, foldTyped } from './entryWords';

/** What one typed line says; what it leaves out comes from the palette and the selection. */
export interface QuickEntry {
  teeth: ToothCode[];
  surfaces: Surface[];
  code?: string;
  material?: string;
  severity?: string;
  layer?: ChartLayer;
  /** The place of a favourite in its row, from 1; it stands for a state and its material. */
  favourite?: number;
}

export type QuickEntryResult =
  | { ok: true; entry: QuickEntry }
  | { ok: false; problem: 'unknown_word' | 'not_a_tooth' | 'not_a_range' | 'two_states'; word: string };

const LONGEST_PHRASE = 4;

/**
 * Reads lines such as `16 mod caries`, `13-23 veneer ceramic plan`, `٣٦ تاج زركونيا تم` or `41 mobility 2`.
 * Words come in any order, except that a grade follows its state. What is short may be joined: `16moc`, `mo1`, `mob2`.
 * A single digit is a favourite by its place, where it is no tooth; `.1` is one in every numbering.
 */
export function readQuickEntry(line: string, words: EntryWords, numbering: Numbering): QuickEntryResult {
  const tokens = foldTyped(line).split(' ').filter(Boolean);
  const entry: QuickEntry = { teeth: [], surfaces: [] };
  let index = 0;
  while (index < tokens.length) {
    const token = tokens[index] ?? '';
    const phrase = opensWithLetter(token, index, numbering) ? null : longestPhrase(tokens, index, words);
    if (phrase) {
      index += phrase.length;
      if (!takeWord(entry, phrase.word))
        return { ok: false, problem: 'two_states', word: tokens[index - 1] ?? '' };
      const grade = tokens[index];
      if (phrase.word.kind === 'code' && grade && readsAsGrade(grade)) {
        entry.severity = gradeNumber(grade);
        index += 1;
      }
      continue;
    }
    const failure = readTeethOrSurfaces(token, index, entry, numbering);
    if (failure) {
      const joined = readFavourite(token, entry) || readJoined(token, index, entry, words, numbering);
      if (!joined) return { ok: false, problem: failure, word: token };
      if (joined === 'two_states') return { ok: false, problem: joined, word: token };
    }
    index += 1;
  }
  return { ok: true, entry };
}

/** False when the line names a second state. */
function takeWord(entry: QuickEntry, word: EntryWord): boolean {
  if (word.kind === 'material') entry.material = word.material;
  else if (word.kind === 'layer') entry.layer = word.layer;
  else if (entry.code && entry.code !== word.code) return false;
  else entry.code = word.code;
  return true;
}

function readFavourite(token: string, entry: QuickEntry): boolean {
  const place = /^\.?([1-9])$/.exec(token)?.[1];
  if (place) entry.favourite = Number(place);
  return place !== undefined;
}

/** `16moc`, `13-23bg`, `mo1`, `mob2`: what may stand before, and a word or the place of a favourite at the end. */
function readJoined(
  token: string,
  index: number,
  entry: QuickEntry,
  words: EntryWords,
  numbering: Numbering,
): boolean | 'two_states' {
  const [, letters = token, digit = ''] = /^(.*[^\d.])(\.?[1-9])$/.exec(token) ?? [];
  for (let cut = 0; cut < letters.length; cut++) {
    const word = words.get(letters.slice(cut));
    // A grade belongs to a state; a digit after anything else is a slip.
    if (!word || (digit && (word.kind !== 'code' || digit.length > 1))) continue;
    const before: QuickEntry = { teeth: [], surfaces: [] };
    if (cut > 0 && readTeethOrSurfaces(letters.slice(0, cut), index, before, numbering)) continue;
    if (!takeWord(entry, word)) return 'two_states';
    if (digit) entry.severity = digit;
    merge(entry, before);
    return true;
  }
  const before: QuickEntry = { teeth: [], surfaces: [] };
  if (!digit || readTeethOrSurfaces(letters, index, before, numbering)) return false;
  merge(entry, before);
  return readFavourite(digit, entry);
}

function merge(entry: QuickEntry, more: QuickEntry) {
  addTeeth(entry, more.teeth);
  entry.surfaces = sortSurfaces([...entry.surfaces, ...more.surfaces]);
}

/** A lone letter is a primary tooth in Universal numbering only where a line opens with it. */
function opensWithLetter(token: string, index: number, numbering: Numbering): boolean {
  return numbering === 'universal' && index === 0 && /^[a-t]$/.test(token);
}

function longestPhrase(
  tokens: readonly string[],
  from: number,
  words: EntryWords,
): { word: EntryWord; length: number } | null {
  for (let length = Math.min(LONGEST_PHRASE, tokens.length - from); length > 0; length--) {
    const word = words.get(tokens.slice(from, from + length).join(' '));
    if (word) return { word, length };
  }
  return null;
}

const ROMAN: Record<string, string> = { i: '1', ii: '2', iii: '3' };

/** `i` alone stays the incisal surface; only `ii` and `iii` read as roman grades. */
function readsAsGrade(token: string): boolean {
  return /^[0-9]$/.test(token) || token === 'ii' || token === 'iii';
}

function gradeNumber(token: string): string {
  return ROMAN[token] ?? token;
}

type Failure = 'unknown_word' | 'not_a_tooth' | 'not_a_range';

function readTeethOrSurfaces(
  token: string,
  index: number,
  entry: QuickEntry,
  numbering: Numbering,
): Failure | null {
  const range = /^([a-z]*\d+|[a-t])[-–:]([a-z]*\d+|[a-t])$/.exec(token);
  if (range) {
    const teeth = toothRange(
      readToothLabel(range[1] ?? '', numbering),
      readToothLabel(range[2] ?? '', numbering),
    );
    if (!teeth) return 'not_a_range';
    addTeeth(entry, teeth);
    return null;
  }
  const mayBeTooth = /\d/.test(token) || opensWithLetter(token, index, numbering);
  if (mayBeTooth || /^(ur|ul|ll|lr)[a-e]$/.test(token)) {
    const tooth = readToothLabel(token, numbering);
    if (tooth) {
      addTeeth(entry, [tooth]);
      return null;
    }
    const joined = /^(\d{2})(\p{L}+)$/u.exec(token);
    const surfaces = joined && readSurfaces(joined[2] ?? '');
    const joinedTooth = joined && readToothLabel(joined[1] ?? '', numbering);
    if (!surfaces || !joinedTooth) return 'not_a_tooth';
    addTeeth(entry, [joinedTooth]);
    entry.surfaces = sortSurfaces([...entry.surfaces, ...surfaces]);
    return null;
  }
  const surfaces = readSurfaces(token);
  if (!surfaces) return 'unknown_word';
  entry.surfaces = sortSurfaces([...entry.surfaces, ...surfaces]);
  return null;
}

function addTeeth(entry: QuickEntry, teeth: readonly ToothCode[]) {
  entry.teeth = [...new Set([...entry.teeth, ...teeth])];
}

/** Neighbours from one tooth to another along one arch, across the midline if need be. */
export function toothRange(from: ToothCode | null, to: ToothCode | null): ToothCode[] | null {
  const first = from ? parseTooth(from) : null;
  const last = to ? parseTooth(to) : null;
  if (!first || !last || first.arch !== last.arch || first.primary !== last.primary) return null;
  const order = archOrder(first.arch, first.primary);
  const [start, end] = [order.indexOf(first.code), order.indexOf(last.code)].sort((a, b) => a - b);
  return order.slice(start, (end ?? 0) + 1);
}
