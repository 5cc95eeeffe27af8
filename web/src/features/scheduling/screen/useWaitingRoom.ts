import { useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { isApiError } from '@/api/errors';
import type { WaitingRoom } from '@/api/types';

const POLL_MS = 1000;
const LOST_POLL_MS = 4000;
/** An answer that takes longer will not come: a television's network goes away without a word. */
const PATIENCE_MS = 6000;

/** The address was stopped or replaced, or never was one. */
export const isWrongSecret = (error: unknown) => isApiError(error) && error.status === 404;

/** What is called in a waiting room, asked for each second. */
export function useWaitingRoom(secret: string) {
  return useQuery({
    queryKey: ['waiting-room', secret],
    queryFn: async ({ signal }) => {
      const patience = new AbortController();
      const giveUp = () => patience.abort();
      const timer = setTimeout(giveUp, PATIENCE_MS);
      signal.addEventListener('abort', giveUp);
      try {
        return await api.get<WaitingRoom>(`/waiting-room/${encodeURIComponent(secret)}`, {
          signal: patience.signal,
          anonymous: true,
        });
      } finally {
        clearTimeout(timer);
      }
    },
    retry: false,
    gcTime: 0,
    refetchInterval: ({ state: { error } }) =>
      isWrongSecret(error) ? false : error ? LOST_POLL_MS : POLL_MS,
    refetchIntervalInBackground: true,
  });
}
