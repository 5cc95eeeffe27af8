import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import type { Chart, ChartEvent, ChartTerm, List, NewChartEvent } from '@/api/types';

const PAGE = 100;
/** A mouth with more entries than this is shown with the newest ones. */
const MOST_PAGES = 20;

export const vocabularyQuery = queryOptions({
  queryKey: ['chart-vocabulary'],
  queryFn: async ({ signal }) => (await api.get<List<ChartTerm>>('/chart/vocabulary', { signal })).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const chartQuery = (patientId: string, asOf: string | null) =>
  queryOptions({
    queryKey: ['chart', patientId, 'on', asOf],
    queryFn: ({ signal }) =>
      api.get<Chart>(`/patients/${patientId}/chart`, { query: { as_of: asOf }, signal }),
  });

export const chartEventsQuery = (patientId: string) =>
  queryOptions({
    queryKey: ['chart', patientId, 'events'],
    queryFn: async ({ signal }) => {
      const events: ChartEvent[] = [];
      let cursor: List<ChartEvent>['next_cursor'];
      for (let page = 0; page < MOST_PAGES; page++) {
        const answer: List<ChartEvent> = await api.get(`/patients/${patientId}/chart/events`, {
          query: { limit: PAGE, cursor },
          signal,
        });
        events.push(...answer.items);
        cursor = answer.next_cursor;
        if (!cursor) break;
      }
      return events;
    },
  });

function useRefresh(patientId: string) {
  const client = useQueryClient();
  return async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['chart', patientId] }),
      client.invalidateQueries({ queryKey: ['patients', patientId] }),
    ]);
  };
}

export function useRecordEvent(patientId: string) {
  const refresh = useRefresh(patientId);
  return useAction<ChartEvent, NewChartEvent>(
    (event, act) => api.post(`/patients/${patientId}/chart/events`, event, act),
    { onSuccess: refresh },
  );
}

/** Takes an entry back: it stays in the history, struck through, with the reason. */
export function useCorrectEvent(patientId: string) {
  const refresh = useRefresh(patientId);
  return useAction<unknown, { eventId: string; reason: string }>(
    ({ eventId, reason }, act) =>
      api.post(`/patients/${patientId}/chart/events/${eventId}/correct`, { reason }, act),
    { onSuccess: refresh },
  );
}
