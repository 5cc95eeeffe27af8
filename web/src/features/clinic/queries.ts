import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Branch, Chair, Clinic, List, Staff, WorkingHours, WorkingWeek } from '@/api/types';

export const clinicQuery = queryOptions({
  queryKey: ['clinic', 'settings'],
  queryFn: ({ signal }) => api.get<Clinic>('/clinic', { signal }),
});

export const branchesQuery = queryOptions({
  queryKey: ['clinic', 'branches', 'settings'],
  queryFn: ({ signal }) => api.get<List<Branch>>('/branches', { signal }),
  select: (list: List<Branch>) => list.items,
});

export const chairsQuery = queryOptions({
  queryKey: ['clinic', 'chairs', 'settings'],
  queryFn: ({ signal }) => api.get<List<Chair>>('/chairs', { signal }),
  select: (list: List<Chair>) => list.items,
});

export const doctorsQuery = queryOptions({
  queryKey: ['clinic', 'staff', 'doctors-for-hours'],
  queryFn: ({ signal }) => api.get<List<Staff>>('/staff', { query: { role: 'doctor', limit: 100 }, signal }),
  select: (list: List<Staff>) => list.items,
});

export type WeekOwner = 'branch' | 'staff';

export const weekPath = (owner: WeekOwner, ownerId: string) => `/working-hours/weekly/${owner}/${ownerId}`;

export const weekQuery = (owner: WeekOwner, ownerId: string) =>
  queryOptions({
    queryKey: ['clinic', 'hours', 'weekly', owner, ownerId],
    queryFn: ({ signal }) => api.get<WorkingWeek>(weekPath(owner, ownerId), { signal }),
  });

/** What results for each day, at one branch. */
export const resultingHoursQuery = (from: string, to: string, branchId: string) =>
  queryOptions({
    queryKey: ['clinic', 'working-hours', 'preview', from, to, branchId],
    queryFn: ({ signal }) =>
      api.get<WorkingHours>('/working-hours', { query: { from, to, branch_id: branchId }, signal }),
  });
