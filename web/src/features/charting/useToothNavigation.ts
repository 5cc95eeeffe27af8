import { type KeyboardEvent, useCallback, useState } from 'react';
import type { ArchLayout, PlacedTooth } from '@/lib/anatomy/archLayout';
import type { ToothCode } from '@/lib/teeth';

export type SelectionMode = 'only' | 'toggle' | 'extend';

export interface NavigationHandlers {
  onSelect?: (code: ToothCode, mode: SelectionMode) => void;
  /** A digit or letter was typed on a tooth of the chart: the start of a quick entry. */
  onType?: (typed: string, code: ToothCode) => void;
  onApply?: () => void;
  onClear?: () => void;
}

function locate(
  layout: ArchLayout,
  code: ToothCode,
): { row: number; placed: PlacedTooth; index: number } | null {
  for (const [row, { teeth }] of layout.rows.entries()) {
    const index = teeth.findIndex((placed) => placed.code === code);
    const placed = teeth[index];
    if (placed) return { row, placed, index };
  }
  return null;
}

/** The tooth that a key leads to: along the row, or to the nearest column of the row above or below. */
export function neighbour(layout: ArchLayout, code: ToothCode, key: string): ToothCode | null {
  const here = locate(layout, code);
  if (!here) return null;
  const teeth = layout.rows[here.row]?.teeth ?? [];
  switch (key) {
    case 'ArrowLeft':
      return teeth[here.index - 1]?.code ?? null;
    case 'ArrowRight':
      return teeth[here.index + 1]?.code ?? null;
    case 'Home':
      return teeth[0]?.code ?? null;
    case 'End':
      return teeth[teeth.length - 1]?.code ?? null;
    case 'ArrowUp':
    case 'ArrowDown': {
      const target = layout.rows[here.row + (key === 'ArrowUp' ? -1 : 1)]?.teeth ?? [];
      const nearest = [...target].sort(
        (a, b) => Math.abs(a.x - here.placed.x) - Math.abs(b.x - here.placed.x),
      );
      return nearest[0]?.code ?? null;
    }
    default:
      return null;
  }
}

/** Roving focus over the teeth: one Tab stop, arrows move, Space selects, typing starts an entry. */
export function useToothNavigation(
  layout: ArchLayout,
  handlers: NavigationHandlers,
  reveal: (code: ToothCode) => void,
) {
  const [focused, setFocused] = useState<ToothCode | null>(null);
  const first = layout.rows[0]?.teeth[0]?.code ?? '';
  const reachable = focused && locate(layout, focused) ? focused : first;

  const onKeyDown = useCallback(
    (event: KeyboardEvent<SVGSVGElement>) => {
      const code = (event.target as Element).closest<SVGGElement>('[data-tooth]')?.dataset.tooth;
      if (!code || event.altKey) return;
      const next = neighbour(layout, code, event.key);
      if (next) {
        event.preventDefault();
        reveal(next);
        setFocused(next);
        // At once, so that the next key press starts from there.
        event.currentTarget.querySelector<SVGGElement>(`[data-tooth="${next}"]`)?.focus();
        if (event.shiftKey) handlers.onSelect?.(next, 'extend');
        return;
      }
      if (event.key === ' ') {
        event.preventDefault();
        handlers.onSelect?.(
          code,
          event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'only',
        );
      } else if (event.key === 'Enter') {
        event.preventDefault();
        handlers.onApply?.();
      } else if (event.key === 'Escape') {
        handlers.onClear?.();
      } else if (/^[\p{L}\p{Nd}]$/u.test(event.key) && !event.ctrlKey && !event.metaKey && handlers.onType) {
        event.preventDefault();
        handlers.onType(event.key, code);
      }
    },
    [layout, handlers, reveal],
  );
  return { reachable, setFocused, onKeyDown };
}
