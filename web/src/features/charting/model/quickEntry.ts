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
}

export type QuickEntryResult =
  | { ok: true; entry: QuickEntry }
  | { ok: false; problem: 'unknown_word' | 'not_a_tooth' | 'not_a_range' | 'two_states'; word: string };

const LONGEST_PHRASE = 4;

/**
 * Reads lines such as `16 mod caries`, `13-23 veneer ceramic plan`, `٣٦ تاج زركونيا تم` or `41 mobility 2`.
 * Words come in any order, except that a grade follows its state.
 */
export function readQuickEntry(line: string, words: EntryWords, numbering: Numbering): QuickEntryResult {
  const tokens = foldTyped(line).split(' ').filter(Boolean);
  const entry: QuickEntry = { teeth: [], surfaces: [] };
  let index = 0;
  while (index < tokens.length) {
    const phrase = longestPhrase(tokens, index, words);
    if (phrase) {
      index += phrase.length;
      if (phrase.word.kind === 'code') {
        if (entry.code && entry.code !== phrase.word.code) {
          return { ok: false, problem: 'two_states', word: tokens[index - 1] ?? '' };
        }
        entry.code = phrase.word.code;
        const grade = tokens[index];
        if (grade && readsAsGrade(grade)) {
          entry.severity = gradeNumber(grade);
          index += 1;
        }
      } else if (phrase.word.kind === 'material') {
        entry.material = phrase.word.material;
      } else {
        entry.layer = phrase.word.layer;
      }
      continue;
    }
    const token = tokens[index] ?? '';
    const failure = readTeethOrSurfaces(token, index, entry, numbering);
    if (failure) return { ok: false, problem: failure, word: token };
    index += 1;
  }
  return { ok: true, entry };
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
  // A lone letter is a primary tooth in Universal numbering only where a line opens with it.
  const mayBeTooth = /\d/.test(token) || (numbering === 'universal' && index === 0 && token.length === 1);
  if (mayBeTooth || /^(ur|ul|ll|lr)[a-e]$/.test(token)) {
    const tooth = readToothLabel(token, numbering);
    if (tooth) {
      addTeeth(entry, [tooth]);
      return null;
    }
    const joined = /^(\d{2})([a-z]+)$/.exec(token);
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
