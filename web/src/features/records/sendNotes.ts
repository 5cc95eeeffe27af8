import type { QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { isApiError } from '@/api/errors';
import type { Visit } from '@/api/types';
import { mergeNotes, type Notes } from './notesMerge';
import { visitQuery } from './queries';

/** Both rewrote the same part of the note. */
export class NotesConflict extends Error {
  constructor(readonly theirs: Notes) {
    super('conflict');
  }
}

export interface Sent {
  visit: Visit;
  /** What was sent, perhaps joined with what another person wrote meanwhile. */
  notes: Notes;
}

/**
 * Sends what was typed on the ground of `answered`. What the page has learnt of the note since, by a live event or from a
 * refused version, is joined part by part and never written over; adding work to the visit makes its version older too,
 * so a stale version is first a reason to look, not to refuse.
 */
export async function sendNotes(
  client: QueryClient,
  visit: Visit,
  mine: Notes,
  answered: Notes,
): Promise<Sent> {
  const path = `/visits/${visit.id}`;
  const over = async (ground: Visit): Promise<Sent> => {
    const notes = mergeNotes(answered, mine, ground.notes);
    if (!notes) throw new NotesConflict(ground.notes);
    return { visit: await api.patch<Visit>(path, { notes }, { version: ground.version }), notes };
  };
  try {
    return await over(client.getQueryData<Visit>(visitQuery(visit.id).queryKey) ?? visit);
  } catch (error) {
    if (!isApiError(error) || error.status !== 412) throw error;
  }
  return await over(await client.fetchQuery({ ...visitQuery(visit.id), staleTime: 0 }));
}
