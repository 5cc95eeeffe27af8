import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type {
  Appointment,
  List,
  MedicalHistory,
  PatientContact,
  PatientDuplicate,
  PatientHeader,
  PatientItem,
} from '@/api/types';

export function headerQuery(id: string) {
  return queryOptions({
    queryKey: ['patients', id, 'header'],
    queryFn: ({ signal }) => api.get<PatientHeader>(`/patients/${id}/header`, { signal }),
  });
}

export function historyQuery(id: string) {
  return queryOptions({
    queryKey: ['patients', id, 'history'],
    queryFn: ({ signal }) => api.get<MedicalHistory>(`/patients/${id}/history`, { signal }),
  });
}

export function contactsQuery(id: string) {
  return queryOptions({
    queryKey: ['patients', id, 'contacts'],
    queryFn: ({ signal }) => api.get<List<PatientContact>>(`/patients/${id}/contacts`, { signal }),
    select: (list) => list.items,
  });
}

/** Appointments from today on, earliest first, without those that will not happen. */
export function upcomingQuery(id: string, today: string) {
  return queryOptions({
    queryKey: ['patients', id, 'appointments', today],
    queryFn: ({ signal }) =>
      api.get<List<Appointment>>('/appointments', {
        query: { patient_id: id, from: today, limit: 25 },
        signal,
      }),
    select: (list) =>
      list.items
        .filter(
          ({ status }) =>
            !['cancelled', 'no_show', 'rescheduled', 'completed', 'checked_out'].includes(status),
        )
        .sort((one, other) => Date.parse(one.starts_at) - Date.parse(other.starts_at)),
  });
}

/** A type and not an interface, so that it can be sent as a query. */
export type DuplicateSearch = {
  name_ar: string | null;
  name_en: string | null;
  phone: string | null;
  birth_date: string | null;
  national_id: string | null;
};

export function duplicatesQuery(search: DuplicateSearch) {
  return queryOptions({
    queryKey: ['patients', 'list', 'duplicates', search],
    queryFn: ({ signal }) =>
      api.get<List<PatientDuplicate>>('/patients/duplicates', { query: search, signal }),
    select: (list) => list.items,
    placeholderData: keepPreviousData,
  });
}

export function lookupQuery(q: string) {
  return queryOptions({
    queryKey: ['patients', 'list', 'lookup', q],
    queryFn: ({ signal }) => api.get<List<PatientItem>>('/patients', { query: { q, limit: 8 }, signal }),
    select: (list) => list.items,
    placeholderData: keepPreviousData,
  });
}
