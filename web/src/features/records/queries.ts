import { keepPreviousData, type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { List, ReferenceEntry, Visit } from '@/api/types';

export function visitQuery(id: string) {
  return queryOptions({
    queryKey: ['visits', id],
    queryFn: ({ signal }) => api.get<Visit>(`/visits/${id}`, { signal }),
  });
}

/** What belongs to the visit has changed, and with it perhaps the patient's chart and lists. */
export function refreshVisit(client: QueryClient, visit: Pick<Visit, 'id' | 'patient_id'>) {
  void client.invalidateQueries({ queryKey: ['chart', visit.patient_id] });
  void client.invalidateQueries({ queryKey: ['patients', visit.patient_id] });
  return client.invalidateQueries({ queryKey: ['visits', visit.id] });
}

export function useDiagnosisSearch(q: string, enabled: boolean) {
  return useQuery({
    queryKey: ['clinic', 'reference', 'diagnoses', q],
    queryFn: ({ signal }) => api.get<List<ReferenceEntry>>('/reference/diagnoses', { query: { q }, signal }),
    select: (list) => list.items.slice(0, 20),
    placeholderData: keepPreviousData,
    enabled,
  });
}
