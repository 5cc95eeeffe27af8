import type { UseQueryResult } from '@tanstack/react-query';

/** The three faces of what is read: a failed load never looks like an empty one. */
export type Loaded<T> =
  | { kind: 'loading' }
  | { kind: 'failed'; error: Error; retry: () => void }
  | { kind: 'ready'; value: T };

/** What several queries made together; `value` is null until all of them have answered once. */
export function loaded<T>(results: readonly UseQueryResult<unknown>[], value: T | null): Loaded<T> {
  if (value !== null) return { kind: 'ready', value };
  const error = results.find((one) => one.isError)?.error;
  if (!error) return { kind: 'loading' };
  const retry = () => {
    for (const one of results) if (one.isError) void one.refetch();
  };
  return { kind: 'failed', error: error as Error, retry };
}
