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

export function useConnectionLost(): boolean {
  return useSyncExternalStore(connection.subscribe, connection.isLost);
}
