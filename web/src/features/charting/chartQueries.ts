import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import type { Chart, ChartEvent, ChartTerm, List, NewChartAct, NewChartEvent } from '@/api/types';

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

/** Several entries as one act: all of them, or none. */
export function useRecordAct(patientId: string) {
  const refresh = useRefresh(patientId);
  return useAction<List<ChartEvent>, NewChartAct>(
    (act, once) => api.post(`/patients/${patientId}/chart/events/batch`, act, once),
    { onSuccess: refresh },
  );
}

/** Takes back one's own latest act: it stays in the history, struck through. The answer is what was undone. */
export function useUndo(patientId: string) {
  const refresh = useRefresh(patientId);
  return useAction<List<ChartEvent>, { eventId: string; visitId: string | undefined }>(
    ({ eventId, visitId }, once) =>
      api.post(
        `/patients/${patientId}/chart/events/${eventId}/undo`,
        visitId ? { visit_id: visitId } : {},
        once,
      ),
    { onSuccess: refresh },
  );
}
