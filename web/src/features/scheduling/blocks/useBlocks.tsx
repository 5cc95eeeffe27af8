import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useState } from 'react';
import type { TimeBlock } from '@/api/types';
import type { NewSlot } from '../newAppointment';
import { knownBlock } from '../queries';
import type { BookSetup } from '../useBookSetup';

const BlockDrawer = lazy(() => import('./BlockDrawer'));

interface BlocksOfBook {
  setup: BookSetup | null;
  date: string;
  /** What was drawn on: a chair's time or a doctor's. */
  of: 'chair' | 'doctor';
  /** The address asks for a new one. */
  asked: boolean;
  onClosed(): void;
}

/** Blocks of the book: the one that is made or changed. Render `drawer` once. */
export function useBlocks({ setup, date, of, asked, onClosed }: BlocksOfBook): {
  show(id: string): void;
  make(slot: NewSlot | null): void;
  drawer: ReactNode;
} {
  const client = useQueryClient();
  const [open, setOpen] = useState<{ block: TimeBlock | null; slot: NewSlot | null } | null>(null);
  const show = useCallback(
    (id: string) => {
      const block = knownBlock(client, id);
      if (block) setOpen({ block, slot: null });
    },
    [client],
  );
  const close = () => {
    setOpen(null);
    if (asked) onClosed();
  };
  const drawer = setup && (open || asked) && (
    <Suspense fallback={null}>
      <BlockDrawer
        setup={setup}
        date={date}
        block={open?.block ?? null}
        slot={open?.slot ?? null}
        of={of}
        onClose={close}
      />
    </Suspense>
  );
  return { show, make: (slot) => setOpen({ block: null, slot }), drawer };
}
