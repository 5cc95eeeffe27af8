import type { Visit } from '@/api/types';

export type Notes = Visit['notes'];

export const NOTE_PARTS = ['subjective', 'objective', 'assessment', 'plan'] as const;

export const sameNotes = (one: Notes, other: Notes) => NOTE_PARTS.every((part) => one[part] === other[part]);

/**
 * Joins two people's changes to the same note, part by part.
 * Null when both rewrote the same part: then a person has to choose.
 */
export function mergeNotes(base: Notes, mine: Notes, theirs: Notes): Notes | null {
  const merged = { ...mine };
  for (const part of NOTE_PARTS) {
    if (mine[part] === theirs[part] || theirs[part] === base[part]) continue;
    if (mine[part] !== base[part]) return null;
    merged[part] = theirs[part];
  }
  return merged;
}
