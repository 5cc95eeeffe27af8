import type { CalledNumber } from '@/api/types';

const keyOf = ({ token, called_at }: CalledNumber) => `${token} ${called_at}`;

/** Whether a number was called since the last look. What the first look finds is not news. */
export function isNews(before: readonly CalledNumber[] | null, now: readonly CalledNumber[]): boolean {
  if (!before) return false;
  const known = new Set(before.map(keyOf));
  return now.some((call) => !known.has(keyOf(call)));
}

/** The number that is called now, and those before it. */
export function split(calls: readonly CalledNumber[]): {
  current: CalledNumber | null;
  before: readonly CalledNumber[];
} {
  const [current = null, ...before] = calls;
  return { current, before };
}

export const callKey = (call: CalledNumber | null) => (call ? keyOf(call) : '');
