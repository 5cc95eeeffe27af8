import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AppointmentType, List, Procedure } from '@/api/types';

/** Also those that are not offered. */
export const everyTypeQuery = queryOptions({
  queryKey: ['clinic', 'appointment-types'],
  queryFn: ({ signal }) =>
    api.get<List<AppointmentType>>('/appointment-types', { query: { include_inactive: true }, signal }),
  select: (list: List<AppointmentType>) => list.items,
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
      cursor = page.next_cursor ?? null;
    } while (cursor);
    return found;
  },
  staleTime: 5 * 60_000,
});
