import { type UseMutationOptions, useMutation } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';
import { ApiError, NetworkError } from './errors';

export interface Act {
  /** Send as `idempotencyKey`. Stays the same while the same act is tried again. */
  idempotencyKey: string;
}

/** After these the server may have done the act already, so a repetition must carry the same key. */
const outcomeUnknown = (error: unknown) =>
  error instanceof NetworkError || (error instanceof ApiError && error.status >= 500);

const textOf = (input: unknown) => JSON.stringify(input) ?? '';

/**
 * A mutation of one user act: `useAction((input, act) => api.post('/payments', input, act))`.
 * The key is made when the act is first tried, kept while its outcome is unknown, and renewed afterwards.
 * `mutate` does nothing while the same act is under way: a double click is one act.
 */
export function useAction<TData, TInput = void>(
  run: (input: TInput, act: Act) => Promise<TData>,
  options: Omit<UseMutationOptions<TData, Error, TInput>, 'mutationFn'> = {},
) {
  const pending = useRef<{ key: string; input: string } | null>(null);
  const underWay = useRef(new Set<string>());
  const mutation = useMutation<TData, Error, TInput>({
    ...options,
    mutationFn: async (input) => {
      const text = textOf(input);
      if (pending.current?.input !== text) pending.current = { key: crypto.randomUUID(), input: text };
      try {
        const data = await run(input, { idempotencyKey: pending.current.key });
        pending.current = null;
        return data;
      } catch (error) {
        if (!outcomeUnknown(error)) pending.current = null;
        throw error;
      } finally {
        underWay.current.delete(text);
      }
    },
  });
  const start = mutation.mutate;
  const mutate = useCallback<typeof start>(
    (...act) => {
      const text = textOf(act[0]);
      if (underWay.current.has(text)) return;
      underWay.current.add(text);
      start(...act);
    },
    [start],
  );
  return { ...mutation, mutate };
}
