import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type {
  Appointment,
  AppointmentWithEvents,
  Branch,
  Chair,
  Clinic,
  List,
  Patient,
  PatientAlerts,
  PatientItem,
  Staff,
  WorkingHours,
} from '@/api/types';
import { addDays } from '@/lib/format';

/** The server's own limit for one day of the book. */
const DAY_LIMIT = 1000;
const LIST_LIMIT = 100;
const SETTINGS_STALE_MS = 5 * 60_000;

export interface DayKey {
  date: string;
  branchId: string | null;
}

export function dayAppointmentsQuery({ date, branchId }: DayKey) {
  return queryOptions({
    queryKey: ['appointments', 'day', date, branchId],
    queryFn: ({ signal }) =>
      api.get<List<Appointment>>('/appointments', {
        query: {
          from: date,
          to: date,
          branch_id: branchId,
          limit: DAY_LIMIT,
        },
        signal,
      }),
    select: (list) => list.items,
  });
}

export function dayHoursQuery(date: string) {
  return queryOptions({
    queryKey: ['clinic', 'working-hours', date],
    // One day more than is shown: the answer is picked by its date, whether the end is included or not.
    queryFn: ({ signal }) =>
      api.get<WorkingHours>('/working-hours', { query: { from: date, to: addDays(date, 1) }, signal }),
    staleTime: SETTINGS_STALE_MS,
  });
}

const settingsList = <T>(key: string, path: string, query: Record<string, string | number | boolean>) =>
  queryOptions({
    queryKey: ['clinic', 'day-book', key],
    queryFn: ({ signal }) => api.get<List<T>>(path, { query: { limit: LIST_LIMIT, ...query }, signal }),
    select: (list) => list.items,
    staleTime: SETTINGS_STALE_MS,
  });

export const chairsQuery = settingsList<Chair>('chairs', '/chairs', {});
export const branchesQuery = settingsList<Branch>('branches', '/branches', {});
export const doctorsQuery = settingsList<Staff>('doctors', '/staff', { role: 'doctor' });

export const clinicQuery = queryOptions({
  queryKey: ['clinic', 'day-book', 'clinic'],
  queryFn: ({ signal }) => api.get<Clinic>('/clinic', { signal }),
  staleTime: SETTINGS_STALE_MS,
});

export function appointmentQuery(id: string) {
  return queryOptions({
    queryKey: ['appointments', 'one', id],
    queryFn: ({ signal }) => api.get<AppointmentWithEvents>(`/appointments/${id}`, { signal }),
  });
}

/** A patient's appointments of one day, to warn of a second one. */
export function patientDayQuery(patientId: string, date: string) {
  return queryOptions({
    queryKey: ['appointments', 'patient-day', patientId, date],
    queryFn: ({ signal }) =>
      api.get<List<Appointment>>('/appointments', {
        query: {
          patient_id: patientId,
          from: date,
          to: date,
        },
        signal,
      }),
    select: (list) => list.items,
  });
}

export function patientQuery(id: string) {
  return queryOptions({
    queryKey: ['patients', id, 'record'],
    queryFn: ({ signal }) => api.get<Patient>(`/patients/${id}`, { signal }),
  });
}

export function patientAlertsQuery(id: string) {
  return queryOptions({
    queryKey: ['patients', id, 'alerts'],
    queryFn: ({ signal }) => api.get<PatientAlerts>(`/patients/${id}/alerts`, { signal }),
  });
}

export function patientSearchQuery(q: string) {
  return queryOptions({
    queryKey: ['patients', 'list', 'picker', q],
    queryFn: ({ signal }) => api.get<List<PatientItem>>('/patients', { query: { q, limit: 8 }, signal }),
    select: (list) => list.items,
    placeholderData: keepPreviousData,
  });
}

/** Puts an answered appointment into every day that shows it, so the book need not be read again. */
export function replaceAppointment(client: QueryClient, answer: Appointment): void {
  client.setQueriesData<List<Appointment>>(
    { queryKey: ['appointments', 'day'] },
    (day) =>
      day && {
        ...day,
        items: day.items.map((item) =>
          item.id === answer.id && item.version <= answer.version ? { ...item, ...answer } : item,
        ),
      },
  );
  void client.invalidateQueries({ queryKey: ['appointments', 'one', answer.id] });
}
