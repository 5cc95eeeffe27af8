import { keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type {
  Appointment,
  AppointmentStatus,
  AppointmentType,
  AppointmentWithEvents,
  Attendance,
  Branch,
  Chair,
  Clinic,
  DayLoad,
  List,
  Patient,
  PatientAlerts,
  PatientHeader,
  PatientItem,
  SlotHold,
  Staff,
  TimeBlock,
  WorkingHours,
} from '@/api/types';
import { addDays } from '@/lib/format';
import { DAY_MINUTES, wallClock } from './dayTime';

/** The server's own limit for one day of the book. */
const DAY_LIMIT = 1000;
const LIST_LIMIT = 100;
const SETTINGS_STALE_MS = 5 * 60_000;

/** Where every list that the book draws is kept: what is changed on the screen is changed in all of them. */
const BOOK_LISTS = ['appointments', 'book'];
/** A night's work belongs to the day it began on. */
const NIGHT_MINUTES = 6 * 60;

export interface DayKey {
  date: string;
  branchId: string | null;
}

/** A day with the night after it. */
export function dayAppointmentsQuery({ date, branchId }: DayKey) {
  return queryOptions({
    queryKey: [...BOOK_LISTS, 'day', date, branchId],
    queryFn: ({ signal }) =>
      api.get<List<Appointment>>('/appointments', {
        query: {
          from: date,
          to: wallClock(date, DAY_MINUTES + NIGHT_MINUTES),
          branch_id: branchId,
          limit: DAY_LIMIT,
        },
        signal,
      }),
    select: (list) => list.items,
  });
}

/** Whose week it is. */
export type WeekOwner = { doctor_id: string } | { chair_id: string };

export function weekAppointmentsQuery(days: readonly string[], owner: WeekOwner) {
  const [from, to] = [days[0], days.at(-1)];
  return queryOptions({
    queryKey: [...BOOK_LISTS, 'week', from, owner],
    queryFn: ({ signal }) =>
      api.get<List<Appointment>>('/appointments', {
        query: { from, to, ...owner, limit: DAY_LIMIT },
        signal,
      }),
    select: (list) => list.items,
  });
}

export function loadsQuery(
  days: readonly string[],
  filter: { branchId: string | null; doctorId: string | null },
) {
  const [from, to] = [days[0], days.at(-1)];
  return queryOptions({
    queryKey: ['appointments', 'loads', from, to, filter.branchId, filter.doctorId],
    queryFn: ({ signal }) =>
      api.get<List<DayLoad>>('/appointments/loads', {
        query: { from, to, branch_id: filter.branchId, doctor_id: filter.doctorId },
        signal,
      }),
    select: (list) => list.items,
    placeholderData: keepPreviousData,
  });
}

/** The hours of some days and of the night before them; of doctors, as they work in the branch. */
export function hoursQuery(first: string, to: string, branchId: string | null) {
  const from = addDays(first, -1);
  return queryOptions({
    queryKey: ['clinic', 'working-hours', from, to, branchId],
    queryFn: ({ signal }) =>
      api.get<WorkingHours>('/working-hours', { query: { from, to, branch_id: branchId }, signal }),
    staleTime: SETTINGS_STALE_MS,
  });
}

export function blocksQuery(from: string, to: string) {
  return queryOptions({
    queryKey: ['blocks', from, to],
    queryFn: ({ signal }) =>
      api.get<List<TimeBlock>>('/blocks', { query: { from, to, limit: DAY_LIMIT }, signal }),
    select: (list) => list.items,
  });
}

export function holdsQuery(from: string, to: string) {
  return queryOptions({
    queryKey: ['holds', from, to],
    queryFn: ({ signal }) =>
      api.get<List<SlotHold>>('/holds', { query: { from, to, limit: LIST_LIMIT }, signal }),
    select: (list) => list.items,
  });
}

export const typesQuery = queryOptions({
  queryKey: ['clinic', 'day-book', 'types'],
  queryFn: ({ signal }) => api.get<List<AppointmentType>>('/appointment-types', { signal }),
  select: (list) => list.items,
  staleTime: SETTINGS_STALE_MS,
});

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

export function patientHeaderQuery(id: string) {
  return queryOptions({
    queryKey: ['patients', id, 'header'],
    queryFn: ({ signal }) => api.get<PatientHeader>(`/patients/${id}/header`, { signal }),
  });
}

export function attendanceQuery(patientId: string) {
  return queryOptions({
    queryKey: ['appointments', 'attendance', patientId],
    queryFn: ({ signal }) => api.get<Attendance>(`/patients/${patientId}/attendance`, { signal }),
  });
}

/** What the book knows of an appointment already. */
export function knownAppointment(client: QueryClient, id: string): Appointment | undefined {
  for (const [, list] of client.getQueriesData<List<Appointment>>({ queryKey: BOOK_LISTS })) {
    const known = list?.items.find((item) => item.id === id);
    if (known) return known;
  }
}

/** A block that the book shows. */
export function knownBlock(client: QueryClient, id: string): TimeBlock | undefined {
  for (const [, list] of client.getQueriesData<List<TimeBlock>>({ queryKey: ['blocks'] })) {
    const known = list?.items.find((item) => item.id === id);
    if (known) return known;
  }
}

/** Changes an appointment wherever the screen shows it. */
function patchAppointment(
  client: QueryClient,
  id: string,
  change: <T extends Appointment>(before: T) => T,
): void {
  client.setQueriesData<List<Appointment>>(
    { queryKey: BOOK_LISTS },
    (list) => list && { ...list, items: list.items.map((item) => (item.id === id ? change(item) : item)) },
  );
  client.setQueryData(appointmentQuery(id).queryKey, (before) => before && change(before));
}

export function showStatus(client: QueryClient, id: string, status: AppointmentStatus): void {
  patchAppointment(client, id, (before) => ({ ...before, status }));
}

/** Puts an answered appointment wherever the screen shows it, so the book need not be read again. */
export function replaceAppointment(client: QueryClient, answer: Appointment): void {
  patchAppointment(client, answer.id, (before) =>
    before.version <= answer.version ? { ...before, ...answer } : before,
  );
  void client.invalidateQueries({ queryKey: appointmentQuery(answer.id).queryKey });
}
