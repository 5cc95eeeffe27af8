import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/errors';

/** A refusal will be the same next time; only an unreachable server is asked again. */
const worthRetrying = (failures: number, error: Error) => !(error instanceof ApiError) && failures < 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: worthRetrying,
      refetchOnWindowFocus: true,
      networkMode: 'always',
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});
