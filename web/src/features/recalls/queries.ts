import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type {
  AppointmentType,
  ContactAttempt,
  List,
  PatientRecall,
  Procedure,
  RecallType,
} from '@/api/types';

export const recallTypesQuery = queryOptions({
  queryKey: ['clinic', 'recall-types'],
  queryFn: ({ signal }) => api.get<List<RecallType>>('/recall-types', { signal }),
  select: (list) => list.items,
});

export const appointmentTypesQuery = queryOptions({
  queryKey: ['clinic', 'recall-appointment-types'],
  queryFn: ({ signal }) =>
    api.get<List<AppointmentType>>('/appointment-types', { query: { include_inactive: true }, signal }),
  select: (list) => list.items,
});

/** The whole catalogue, to choose from: some pages of it. */
export const proceduresQuery = queryOptions({
  queryKey: ['clinic', 'procedures', 'recalls'],
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

export function patientRecallsQuery(patientId: string) {
  return queryOptions({
    queryKey: ['patients', patientId, 'recalls'],
    queryFn: ({ signal }) => api.get<List<PatientRecall>>(`/patients/${patientId}/recalls`, { signal }),
    select: (list) => list.items,
  });
}

/** The last time somebody tried to reach a patient because of a recall. */
export function lastRecallContactQuery(patientId: string) {
  return queryOptions({
    queryKey: ['worklists', 'contacts', patientId],
    queryFn: ({ signal }) =>
      api.get<List<ContactAttempt>>('/worklists/contacts', {
        query: { patient_id: patientId, limit: 50 },
        signal,
      }),
    select: ({ items }) => items.find(({ list }) => list === 'recall_due') ?? null,
  });
}
