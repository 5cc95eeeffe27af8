import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Invitation, List, PermissionInfo, Role } from '@/api/types';

export const rolesQuery = queryOptions({
  queryKey: ['clinic', 'roles'],
  queryFn: ({ signal }) => api.get<List<Role>>('/roles', { signal }),
  select: (list: List<Role>) => list.items,
});

export const permissionsQuery = queryOptions({
  queryKey: ['clinic', 'permissions'],
  queryFn: ({ signal }) => api.get<List<PermissionInfo>>('/permissions', { signal }),
  select: (list: List<PermissionInfo>) => list.items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const invitationsQuery = queryOptions({
  queryKey: ['clinic', 'invitations'],
  queryFn: ({ signal }) => api.get<List<Invitation>>('/invitations', { signal }),
  select: (list: List<Invitation>) => list.items,
});
