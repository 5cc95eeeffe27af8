import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { clamp, type DayScale, minuteToY, movedSpan, resizedSpan, STEP_MINUTES } from './geometry';
import { type FocusStep, focusTarget, nextStop, type Stop, stopAt } from './navigation';
import type { BookAppointment, BookColumnData, ElementBox, Placement, Span } from './types';

export interface BookKeyboardInput {
  scale: DayScale;
  columns: readonly BookColumnData[];
  lists: ReadonlyArray<readonly BookAppointment[]>;
  slotMinutes: number;
  /** Where the keyboard begins in a book without appointments. */
  openAt: number;
  readOnly: boolean;
  freeLabel(columnId: string, span: Span): string;
  /** Shows a placement without saving it; saved when Alt is let go. */
  onNudge(appointment: BookAppointment, placement: Placement): void;
  onNudgeEnd(commit: boolean): void;
  onCreate(columnId: string, span: Span): void;
  onOpen(id: string): void;
  onStatusMenu(id: string, anchor: ElementBox): void;
}

/** Keys of the book: one card at a time is in the Tab order, arrows walk over cards and free time. */
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
  const cursor = new FreeCursor(scroller);
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
      if (active !== cursor.element) cursor.hide();
      if (card && card.dataset.id === focused.current) return;
      if (!card) focused.current = null;
      input().onNudgeEnd(true);
    }, 0);
  };

  const goTo = (stop: Stop | null) => {
    if (!stop) return;
    if (stop.id === undefined) cursor.show(stop, input());
    else cardOf(scroller, stop.id)?.focus();
  };

  /** The card or the free time that has the focus. */
  const focusedStop = (
    target: EventTarget | null,
  ): { stop: Stop; appointment: BookAppointment | null } | null => {
    const { lists, scale, openAt, slotMinutes } = input();
    if (target === cursor.element && cursor.stop) return { stop: cursor.stop, appointment: null };
    if (target === scroller) {
      // Nothing is booked: the keyboard begins where the day does, with the first key pressed.
      const stop = stopAt(openAt - slotMinutes, 0, { lists, scale, slotMinutes });
      return stop && { stop, appointment: null };
    }
    const card = target instanceof Element ? target.closest<HTMLElement>('.book-card') : null;
    const column = lists.findIndex((list) => list.some(({ id }) => id === card?.dataset.id));
    const appointment = lists[column]?.find(({ id }) => id === card?.dataset.id);
    if (!appointment) return null;
    const { id, start, end } = appointment;
    return { stop: { column, id, start, end }, appointment };
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const place = focusedStop(event.target);
    if (!place) return;
    const { stop, appointment } = place;
    const { columns, lists, scale, slotMinutes, readOnly } = input();
    const arrow = arrowOf(event.key, isRtl());
    const grid = { lists, scale, slotMinutes };
    if (event.altKey && arrow) {
      event.preventDefault();
      if (appointment && !readOnly && !appointment.locked) nudge(input(), appointment, arrow, event.shiftKey);
    } else if (event.key === 'Escape') {
      // Before the other keys: while a card is being moved, Alt is still down.
      input().onNudgeEnd(false);
    } else if (event.ctrlKey && arrow && !event.metaKey) {
      // From card to card, past the free time between them.
      event.preventDefault();
      const beside = appointment ? focusTarget(lists, appointment.id, arrow) : null;
      if (beside) cardOf(scroller, beside)?.focus();
      else if (!appointment) goTo(nextCard(lists[stop.column] ?? [], stop, arrow));
    } else if (event.altKey || event.ctrlKey || event.metaKey || (event.shiftKey && arrow)) {
      return;
    } else if (arrow || stepOf(event.key)) {
      event.preventDefault();
      goTo(nextStop(stop, arrow ?? stepOf(event.key) ?? 'first', grid));
    } else if (event.key === 'Enter' || event.key === ' ' || (event.code === 'KeyN' && !appointment)) {
      if (event.target === scroller) return;
      event.preventDefault();
      const columnId = columns[stop.column]?.id;
      if (appointment) input().onOpen(appointment.id);
      else if (columnId !== undefined && !readOnly) input().onCreate(columnId, stop);
    } else if (appointment && (event.code === 'KeyS' || (event.key === 'F10' && event.shiftKey))) {
      event.preventDefault();
      const card = cardOf(scroller, appointment.id);
      if (card && !readOnly) input().onStatusMenu(appointment.id, card.getBoundingClientRect());
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
    cursor.hide();
    scroller.removeEventListener('focusin', onFocusIn);
    scroller.removeEventListener('focusout', onFocusOut);
    scroller.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp);
    window.removeEventListener('blur', onBlur);
  };
}

/** The keyboard's place on free time: an element of its own, for there is none for each slot. */
class FreeCursor {
  readonly element = document.createElement('div');
  stop: Stop | null = null;
  private readonly scroller: HTMLElement;

  constructor(scroller: HTMLElement) {
    this.scroller = scroller;
    this.element.className = 'book-cursor';
    this.element.setAttribute('role', 'button');
    this.element.tabIndex = -1;
  }

  show(stop: Stop, { columns, scale, freeLabel }: BookKeyboardInput): void {
    const column = columns[stop.column];
    const home = this.scroller.querySelectorAll('[data-column]')[stop.column];
    if (!column || !home) return;
    this.element.style.insetBlockStart = `${minuteToY(stop.start, scale)}px`;
    this.element.style.blockSize = `${(stop.end - stop.start) * scale.pixelsPerMinute}px`;
    this.element.setAttribute('aria-label', freeLabel(column.id, stop));
    this.stop = stop;
    // Moved within its column it would lose the focus for nothing.
    if (this.element.parentElement !== home) home.append(this.element);
    this.element.focus({ preventScroll: true });
    this.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  hide(): void {
    this.stop = null;
    this.element.remove();
  }
}

function nextCard(list: readonly BookAppointment[], from: Stop, step: FocusStep): Stop | null {
  const card =
    step === 'later'
      ? list.find(({ start }) => start >= from.start)
      : step === 'earlier'
        ? list.findLast(({ start }) => start < from.start)
        : undefined;
  return card ? { column: from.column, id: card.id, start: card.start, end: card.end } : null;
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
