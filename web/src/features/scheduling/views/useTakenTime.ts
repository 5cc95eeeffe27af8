import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import type { SlotHold, TimeBlock } from '@/api/types';
import { addDays, localDateOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { minutesOfInstant } from '../dayTime';
import { blocksQuery, holdsQuery } from '../queries';
import type { TakenTime } from '../takenTime';

const NONE: readonly never[] = [];

/**
 * Blocks and kept slots of some days, from the night before them on. Without them the book can still be read, so that
 * a failure is told beside it; the server refuses what they stand in the way of.
 */
export function useTakenTime(from: string, to: string): TakenTime & { error: Error | null; retry(): void } {
  const { timeZone } = useFormat();
  const [blocks, holds] = useQueries({
    queries: [blocksQuery(addDays(from, -1), to), holdsQuery(from, to)],
  });
  const standing = useStandingHolds(holds.data ?? NONE);
  const taken = useMemo<TakenTime>(
    () => ({
      blocks: blocks.data ?? (NONE as readonly TimeBlock[]),
      holds: standing,
      minuteOf: (instant) => ({
        date: localDateOf(instant, timeZone),
        minutes: minutesOfInstant(instant, timeZone),
      }),
    }),
    [blocks.data, standing, timeZone],
  );
  const error = blocks.error ?? holds.error;
  const { refetch: readBlocks } = blocks;
  const { refetch: readHolds } = holds;
  return useMemo(
    () => ({
      ...taken,
      error,
      retry: () => {
        void readBlocks();
        void readHolds();
      },
    }),
    [taken, error, readBlocks, readHolds],
  );
}

/** Those whose minutes are not over yet: nobody tells when they are. */
function useStandingHolds(holds: readonly SlotHold[]): readonly SlotHold[] {
  const [now, setNow] = useState(() => Date.now());
  const standing = useMemo(
    () => (holds.length === 0 ? holds : holds.filter(({ expires_at }) => Date.parse(expires_at) > now)),
    [holds, now],
  );
  useEffect(() => {
    if (standing.length === 0) return;
    const next = Math.min(...standing.map(({ expires_at }) => Date.parse(expires_at)));
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, next - Date.now()) + 50);
    return () => clearTimeout(timer);
  }, [standing]);
  return standing;
}
