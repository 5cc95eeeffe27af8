import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { clamp, type DayScale, movedSpan, resizedSpan, STEP_MINUTES } from './geometry';
import { type FocusStep, focusTarget } from './navigation';
import type { BookAppointment, BookColumnData, ElementBox, Placement } from './types';

export interface BookKeyboardInput {
  scale: DayScale;
  columns: readonly BookColumnData[];
  lists: ReadonlyArray<readonly BookAppointment[]>;
  readOnly: boolean;
  /** Shows a placement without saving it; saved when Alt is let go. */
  onNudge(appointment: BookAppointment, placement: Placement): void;
  onNudgeEnd(commit: boolean): void;
  onOpen(id: string): void;
  onStatusMenu(id: string, anchor: ElementBox): void;
}

/** Keys of the book: one card at a time is in the Tab order, arrows walk from card to card. */
export function useBookKeyboard(
  scrollerRef: RefObject<HTMLDivElement | null>,
  input: BookKeyboardInput,
): void {
  const latest = useRef(input);
  const focused = useRef<string | null>(null);

  // A card that changes its column is another element: the focus follows it there.
  useLayoutEffect(() => {
    latest.current = input;
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const id = focused.current;
    const lost = id !== null && document.activeElement === document.body;
    if (lost) cardOf(scroller, id)?.focus({ preventScroll: true });
    if (!scroller.querySelector('.book-card[tabindex="0"]')) {
      scroller.querySelector('.book-card')?.setAttribute('tabindex', '0');
    }
  });

  useEffect(() => {
    const scroller = scrollerRef.current;
    return scroller ? attachKeyboard(scroller, () => latest.current, focused) : undefined;
  }, [scrollerRef]);
}

function cardOf(scroller: HTMLElement, id: string): HTMLElement | null {
  return scroller.querySelector<HTMLElement>(`.book-card[data-id="${CSS.escape(id)}"]`);
}

function attachKeyboard(
  scroller: HTMLElement,
  input: () => BookKeyboardInput,
  focused: { current: string | null },
): () => void {
  let leaving = 0;
  const isRtl = () => getComputedStyle(scroller).direction === 'rtl';

  const onFocusIn = (event: FocusEvent) => {
    const card = event.target instanceof Element ? event.target.closest('.book-card') : null;
    if (!(card instanceof HTMLElement)) return;
    focused.current = card.dataset.id ?? null;
    for (const other of scroller.querySelectorAll('.book-card[tabindex="0"]')) {
      other.setAttribute('tabindex', '-1');
    }
    card.setAttribute('tabindex', '0');
  };

  // A card that changes its column loses the focus and gets it back within the same turn: ask afterwards.
  const onFocusOut = () => {
    clearTimeout(leaving);
    leaving = window.setTimeout(() => {
      const active = document.activeElement;
      const card = active instanceof HTMLElement ? active.closest<HTMLElement>('.book-card') : null;
      if (card && card.dataset.id === focused.current) return;
      if (!card) focused.current = null;
      input().onNudgeEnd(true);
    }, 0);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const card = event.target instanceof Element ? event.target.closest('.book-card') : null;
    if (!(card instanceof HTMLElement)) return;
    const { lists, readOnly } = input();
    const appointment = lists.flat().find((item) => item.id === card.dataset.id);
    if (!appointment) return;
    const arrow = arrowOf(event.key, isRtl());
    if (event.altKey && arrow) {
      event.preventDefault();
      if (!readOnly && !appointment.locked) nudge(input(), appointment, arrow, event.shiftKey);
      return;
    }
    // Before the other keys: while a card is being moved, Alt is still down.
    if (event.key === 'Escape') {
      input().onNudgeEnd(false);
      return;
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      input().onOpen(appointment.id);
    } else if (event.code === 'KeyS' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      if (!readOnly) input().onStatusMenu(appointment.id, card.getBoundingClientRect());
    } else {
      const step = arrow ?? stepOf(event.key);
      if (!step) return;
      event.preventDefault();
      const id = focusTarget(lists, appointment.id, step);
      if (id) cardOf(scroller, id)?.focus();
    }
  };

  const onKeyUp = (event: KeyboardEvent) => {
    if (event.key === 'Alt') input().onNudgeEnd(true);
  };

  // Alt+Tab, or Alt+Escape on Windows: Alt is let go where nobody sees it.
  const onBlur = () => input().onNudgeEnd(false);

  scroller.addEventListener('focusin', onFocusIn);
  scroller.addEventListener('focusout', onFocusOut);
  scroller.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp);
  window.addEventListener('blur', onBlur);
  return () => {
    clearTimeout(leaving);
    scroller.removeEventListener('focusin', onFocusIn);
    scroller.removeEventListener('focusout', onFocusOut);
    scroller.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp);
    window.removeEventListener('blur', onBlur);
  };
}

function arrowOf(key: string, rtl: boolean): FocusStep | null {
  switch (key) {
    case 'ArrowUp':
      return 'earlier';
    case 'ArrowDown':
      return 'later';
    case 'ArrowLeft':
      return rtl ? 'nextColumn' : 'previousColumn';
    case 'ArrowRight':
      return rtl ? 'previousColumn' : 'nextColumn';
    default:
      return null;
  }
}

function stepOf(key: string): FocusStep | null {
  if (key === 'Home') return 'first';
  return key === 'End' ? 'last' : null;
}

function nudge(
  input: BookKeyboardInput,
  appointment: BookAppointment,
  arrow: FocusStep,
  resize: boolean,
): void {
  const { columns, scale } = input;
  const index = columns.findIndex((column) => column.id === appointment.columnId);
  const minutes = arrow === 'later' ? STEP_MINUTES : arrow === 'earlier' ? -STEP_MINUTES : 0;
  const beside = arrow === 'nextColumn' ? 1 : arrow === 'previousColumn' ? -1 : 0;
  if (resize && minutes === 0) return;
  const span = resize ? resizedSpan(appointment, minutes, scale) : movedSpan(appointment, minutes, scale);
  const columnId = columns[clamp(index + beside, 0, columns.length - 1)]?.id;
  if (columnId !== undefined) input.onNudge(appointment, { columnId, ...span });
}
