import { QueryClient } from '@tanstack/react-query';
import { ApiError, NetworkError } from '@/api/errors';
import { connection } from '@/lib/connection';

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

// The live stream may have stayed open: then nothing else reads again what failed beside it.
connection.subscribe(() => {
  if (connection.isLost()) return;
  void queryClient.invalidateQueries({ predicate: ({ state }) => state.error instanceof NetworkError });
});
