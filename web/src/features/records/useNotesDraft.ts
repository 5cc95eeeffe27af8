import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { errorMessage } from '@/api/errors';
import type { Visit } from '@/api/types';
import { connection } from '@/lib/connection';
import { draft } from '@/lib/draft';
import { mergeNotes, type Notes, sameNotes } from './notesMerge';
import { visitQuery } from './queries';
import { NotesConflict, sendNotes } from './sendNotes';

const PAUSE_MS = 1200;

/** Typed and not yet accepted by the server, with the server's text it started from. */
interface Kept {
  notes: Notes;
  answered: Notes;
}

export type SaveState = 'saved' | 'unsaved' | 'saving' | 'failed' | 'conflict';

/** The note saves itself while it is written; what could not be saved stays in this tab until it is. */
export function useNotesDraft(visit: Visit, editable: boolean) {
  const client = useQueryClient();
  const key = `visit.${visit.id}.notes`;
  const [kept] = useState(() => (editable ? draft.read<Kept>(key) : null));
  const [notes, setNotes] = useState<Notes>(kept?.notes ?? visit.notes);
  const [state, setState] = useState<SaveState>(kept ? 'unsaved' : 'saved');
  const [failure, setFailure] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Notes | null>(null);
  const typed = useRef(notes);
  // What was last sent, as typed; and what the server made of it, which may have lost spaces at its ends.
  const sentNotes = useRef<Notes>(kept?.answered ?? visit.notes);
  const answered = useRef<Notes>(kept?.answered ?? visit.notes);
  const version = useRef(visit.version);
  const latest = useRef(visit);
  latest.current = visit;
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const running = useRef<Promise<boolean> | null>(null);

  const show = useCallback((next: Notes) => {
    typed.current = next;
    setNotes(next);
  }, []);

  const saveAll = useCallback(async (): Promise<boolean> => {
    while (!sameNotes(typed.current, sentNotes.current)) {
      const mine = typed.current;
      setState('saving');
      try {
        const sent = await sendNotes(client, latest.current, mine, answered.current);
        await client.cancelQueries({ queryKey: visitQuery(sent.visit.id).queryKey });
        client.setQueryData(visitQuery(sent.visit.id).queryKey, sent.visit);
        version.current = sent.visit.version;
        const untouched = typed.current === mine;
        sentNotes.current = sent.notes;
        answered.current = sent.visit.notes;
        if (untouched) show(sent.notes);
        else show(mergeNotes(mine, typed.current, sent.notes) ?? typed.current);
        setFailure(null);
      } catch (error) {
        if (error instanceof NotesConflict) {
          setTheirs(error.theirs);
          setState('conflict');
        } else {
          setFailure(errorMessage(error));
          setState('failed');
        }
        return false;
      }
    }
    draft.clear(key);
    setState('saved');
    return true;
  }, [client, key, show]);

  /** True once the server has everything that was typed. */
  const save = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    running.current ??= saveAll().finally(() => {
      running.current = null;
    });
    return running.current;
  }, [saveAll]);

  const change = (part: keyof Notes, text: string) => {
    show({ ...typed.current, [part]: text });
    draft.write(key, { notes: typed.current, answered: answered.current } satisfies Kept);
    if (state === 'conflict') return;
    if (state !== 'saving') setState('unsaved');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void save(), PAUSE_MS);
  };

  /** After a conflict: what the other wrote becomes the ground, under mine or in place of it. */
  const settle = (keepMine: boolean) => {
    if (!theirs) return;
    sentNotes.current = theirs;
    answered.current = theirs;
    if (!keepMine) show(theirs);
    setTheirs(null);
    setState('unsaved');
    void save();
  };

  useEffect(() => {
    if (!editable) return;
    if (draft.read<Kept>(key)) void save();
    const forgetRetry = connection.onRetry(() => void save());
    const forgetReturn = connection.subscribe(() => {
      if (!connection.isLost()) void save();
    });
    return () => {
      forgetRetry();
      forgetReturn();
      // Leaving the page does not wait for the pause.
      void save();
    };
  }, [editable, key, save]);

  useEffect(() => {
    // Another browser wrote: follow it, unless something here is unsaved or the answer is an old one.
    if (visit.version <= version.current || !sameNotes(typed.current, sentNotes.current)) return;
    version.current = visit.version;
    if (sameNotes(answered.current, visit.notes)) return;
    sentNotes.current = visit.notes;
    answered.current = visit.notes;
    show(visit.notes);
  }, [visit.version, visit.notes, show]);

  return { notes, state, failure, theirs, restored: kept !== null, change, save, settle };
}

export type NotesDraft = ReturnType<typeof useNotesDraft>;
