import type { UseQueryResult } from '@tanstack/react-query';

/** What could not be read, and how to try again. */
export interface Fault {
  error: Error;
  retry: () => void;
}

/** The three faces of what is read: a failed load never looks like an empty one. */
export type Loaded<T> =
  | { kind: 'loading' }
  | ({ kind: 'failed' } & Fault)
  /** `fault`: what is shown could not be read again, and may be out of date. */
  | { kind: 'ready'; value: T; fault: Fault | null };

/** What several queries made together; `value` is null until all of them have answered once. */
export function loaded<T>(results: readonly UseQueryResult<unknown>[], value: T | null): Loaded<T> {
  const error = results.find((one) => one.isError)?.error;
  const retry = () => {
    for (const one of results) if (one.isError) void one.refetch();
  };
  const fault = error ? { error: error as Error, retry } : null;
  if (value !== null) return { kind: 'ready', value, fault };
  return fault ? { kind: 'failed', ...fault } : { kind: 'loading' };
}
