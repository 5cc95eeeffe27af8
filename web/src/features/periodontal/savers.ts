import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '@/api/client';
import { ApiError, NetworkError } from '@/api/errors';
import type { PerioExam, RecordedPerioTooth } from '@/api/types';
import { draft } from '@/lib/draft';
import type { ToothChange } from './model/changes';
import { Saver } from './model/saver';
import { examQuery } from './queries';

/** One saver for each exam, for as long as the app runs: leaving the page does not stop what is on its way. */
const savers = new Map<string, Saver<RecordedPerioTooth>>();

const draftKey = (examId: string) => `perio.${examId}`;

const isPassing = (error: unknown) =>
  error instanceof NetworkError ||
  (error instanceof ApiError && (error.status >= 500 || error.status === 429 || error.status === 408));

export function saverOf(client: QueryClient, patientId: string, examId: string): Saver<RecordedPerioTooth> {
  const known = savers.get(examId);
  if (known) return known;
  const { queryKey } = examQuery(patientId, examId);
  const saver = new Saver<RecordedPerioTooth>({
    send: async (tooth, change) => {
      // A reading that began before this write would bring back what was there before it.
      await client.cancelQueries({ queryKey });
      return await api.put<RecordedPerioTooth>(`/perio-exams/${examId}/teeth/${tooth}`, change);
    },
    onAnswer: (code, { tooth: _, summary, ...reading }) => {
      client.setQueryData<PerioExam>(
        queryKey,
        (exam) => exam && { ...exam, summary, teeth: { ...exam.teeth, [code]: reading } },
      );
    },
    isPassing,
    keep: (changes) => {
      if (changes.size === 0) draft.clear(draftKey(examId));
      else draft.write(draftKey(examId), [...changes]);
    },
  });
  savers.set(examId, saver);
  for (const [tooth, change] of draft.read<[string, ToothChange][]>(draftKey(examId)) ?? []) {
    saver.add(tooth, change);
  }
  return saver;
}

/** So long after the last save an exam is read again: until then its own writes would only bring back themselves. */
const SETTLED_MS = 3_000;

/** False while an exam is typed into, so that what others write does not race with what is on its way. */
export function useSettled(patientId: string, examId: string | undefined): boolean {
  const client = useQueryClient();
  const [settled, setSettled] = useState(true);
  useEffect(() => {
    if (!examId) return;
    const saver = saverOf(client, patientId, examId);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      clearTimeout(timer);
      if (saver.state.kind === 'saved') timer = setTimeout(() => setSettled(true), SETTLED_MS);
      else setSettled(false);
    };
    look();
    const leave = saver.subscribe(look);
    return () => {
      clearTimeout(timer);
      leave();
    };
  }, [client, patientId, examId]);
  return settled;
}
