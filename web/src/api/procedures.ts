import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from './client';
import type { List, Procedure } from './types';

const SHOWN = 20;

/** The catalogue by code or by words in either language, for whoever picks a procedure while typing. */
export function useProcedureSearch(q: string, enabled: boolean) {
  return useQuery({
    queryKey: ['clinic', 'procedures', 'search', q],
    queryFn: ({ signal }) => api.get<List<Procedure>>('/procedures', { query: { q, limit: SHOWN }, signal }),
    select: (list) => list.items,
    placeholderData: keepPreviousData,
    enabled,
  });
}
