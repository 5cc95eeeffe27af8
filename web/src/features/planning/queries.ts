import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { List, PlanSuggestion, Presentation, TreatmentPlan } from '@/api/types';

export function planQuery(id: string) {
  return queryOptions({
    queryKey: ['plans', 'one', id],
    queryFn: ({ signal }) => api.get<TreatmentPlan>(`/plans/${id}`, { signal }),
  });
}

export function suggestionsQuery(patientId: string) {
  return queryOptions({
    queryKey: ['plans', patientId, 'suggestions'],
    queryFn: ({ signal }) =>
      api.get<List<PlanSuggestion>>(`/patients/${patientId}/plan-suggestions`, { signal }),
    select: (list) => list.items,
  });
}

export function presentationQuery(id: string) {
  return queryOptions({
    queryKey: ['plans', 'one', id, 'presentation'],
    queryFn: ({ signal }) => api.get<Presentation>(`/plans/${id}/presentation`, { signal }),
    retry: false,
  });
}

/** A plan changed, and with it perhaps the other options, the chart and what is suggested. */
export function planChanged(client: QueryClient, patientId: string) {
  void client.invalidateQueries({ queryKey: ['chart', patientId] });
  void client.invalidateQueries({ queryKey: ['plans', 'one'] });
  return client.invalidateQueries({ queryKey: ['plans', patientId] });
}
