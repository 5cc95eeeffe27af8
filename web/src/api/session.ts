import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { api } from './client';
import type { Session, SessionInfo } from './types';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.get<Session>('/session', { signal, anonymous: true }),
  staleTime: 5 * 60_000,
  retry: false,
});

export const sessionInfoQuery = queryOptions({
  queryKey: ['session-info'],
  queryFn: ({ signal }) => api.get<SessionInfo>('/session/info', { signal, anonymous: true }),
  staleTime: Number.POSITIVE_INFINITY,
  retry: false,
});

/** Who is signed in. Only below the shell, where the session is already loaded. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data;

export const useSessionInfo = () => useQuery(sessionInfoQuery);

let leaving = false;

/** Between the click on 'Sign out' and the sign-in page: what ends then was meant to. */
export const signingOut = {
  begin: () => {
    leaving = true;
  },
  over: () => {
    leaving = false;
  },
  underWay: () => leaving,
};
