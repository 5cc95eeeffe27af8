import { useSyncExternalStore } from 'react';

type Listener = () => void;

let lost = false;
const listeners = new Set<Listener>();
const retries = new Set<Listener>();

/** One flag for the whole app: a request or the live stream could not reach the server. */
export const connection = {
  isLost: () => lost,
  setLost(next: boolean) {
    if (next === lost) return;
    lost = next;
    for (const listener of listeners) listener();
  },
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  /** What 'Retry now' does; registered by those who hold a broken request. */
  onRetry(retry: Listener) {
    retries.add(retry);
    return () => void retries.delete(retry);
  },
  retryNow() {
    for (const retry of retries) retry();
  },
};

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Asks by `ask`, less and less often, until there is an answer: a request that failed may be the only one under way,
 * and the live stream may never have noticed. Call it at every failure; it looks once at a time.
 */
export function lookUntilFound(ask: () => Promise<unknown>): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asking = false;
  let waitMs = FIRST_WAIT_MS;
  let foundAt = Number.NEGATIVE_INFINITY;

  function plan(after: number) {
    if (timer) clearTimeout(timer);
    timer = setTimeout(look, after);
  }
  async function look() {
    timer = null;
    if (!connection.isLost() || asking) return;
    asking = true;
    const found = await ask().then(
      () => true,
      () => false,
    );
    asking = false;
    if (found) connection.setLost(false);
    else if (connection.isLost()) {
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      plan(waitMs);
    }
  }
  connection.onRetry(() => {
    if (connection.isLost()) plan(0);
  });
  connection.subscribe(() => {
    if (connection.isLost()) return;
    foundAt = Date.now();
    if (timer) clearTimeout(timer);
    timer = null;
  });
  return () => {
    if (timer || asking) return;
    // One address that always fails must not make it ask every second.
    const again = Date.now() - foundAt < LONGEST_WAIT_MS;
    waitMs = again ? Math.min(waitMs * 2, LONGEST_WAIT_MS) : FIRST_WAIT_MS;
    plan(waitMs);
  };
}

export function useConnectionLost(): boolean {
  return useSyncExternalStore(connection.subscribe, connection.isLost);
}
