import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { HistoryKind, List, ReferenceEntry } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { type HistoryLine, listedName } from './historyLines';

/** Names an entry of the history in the reader's language, where it was taken from a list. */
export function useListedTitle(kind: HistoryKind): (line: HistoryLine) => string {
  const { name } = useFormat();
  const list = useQuery({
    queryKey: ['clinic', 'history-list', kind, 'all'],
    queryFn: ({ signal }) =>
      api.get<List<ReferenceEntry>>(`/reference/${kind === 'allergies' ? 'allergens' : kind}`, { signal }),
    select: ({ items }) => items,
    staleTime: Number.POSITIVE_INFINITY,
    // Medicines are named as their packs are.
    enabled: kind !== 'medications',
  });
  return (line) => {
    const listed = listedName(line, list.data ?? []);
    return listed ? name(listed) : line.title;
  };
}
