import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChairFeature, List, Named, Procedure } from '@/api/types';

/** What an appointment is for, as the settings show it. */
export interface TypeSetUp extends Named {
  colour: string;
  minutes: number;
  pattern: string;
  chair_feature: ChairFeature | null;
  procedure_ids: string[];
  position: number;
  active: boolean;
  version: number;
}

export const typesSetUpQuery = queryOptions({
  queryKey: ['clinic', 'appointment-types'],
  queryFn: ({ signal }) =>
    api.get<List<TypeSetUp>>('/appointment-types', { query: { include_inactive: true }, signal }),
  select: (list: List<TypeSetUp>) => list.items,
});

/** The whole catalogue, to choose from: some pages of it. */
export const everyProcedureQuery = queryOptions({
  queryKey: ['clinic', 'procedures', 'every'],
  queryFn: async ({ signal }) => {
    const found: Procedure[] = [];
    let cursor: string | null = null;
    do {
      const page: List<Procedure> = await api.get<List<Procedure>>('/procedures', {
        query: { limit: 100, cursor: cursor ?? undefined },
        signal,
      });
      found.push(...page.items);
      cursor = page.next_cursor;
    } while (cursor);
    return found;
  },
  staleTime: 5 * 60_000,
});
