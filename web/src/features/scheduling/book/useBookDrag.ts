import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { type DragGrip, DragSession } from './dragSession';
import { type DayScale, slotAt, yToMinute } from './geometry';
import type { BookAppointment, BookTimes, ElementBox, Span } from './types';

const MOUSE_THRESHOLD = 4;
const TOUCH_SLOP = 10;
const LONG_PRESS_MS = 320;
const LONG_PRESS_RESIZE_MS = 120;

export interface BookPointerInput {
  scale: DayScale;
  slotMinutes: number;
  times: BookTimes;
  appointments: readonly BookAppointment[];
  readOnly: boolean;
  onMove(id: string, columnId: string, span: Span): void;
  onCreate(columnId: string, span: Span): void;
  onOpen(id: string): void;
  onBlock(id: string): void;
  onStatusMenu(id: string, anchor: ElementBox): void;
}

/** All pointer work of the book, through one set of listeners on its scroller. */
export function useBookDrag(scrollerRef: RefObject<HTMLDivElement | null>, input: BookPointerInput): void {
  const latest = useRef(input);
  useLayoutEffect(() => {
    latest.current = input;
  });
  useEffect(() => {
    const scroller = scrollerRef.current;
    return scroller ? attachPointer(scroller, () => latest.current) : undefined;
  }, [scrollerRef]);
}

interface Press {
  pointerId: number;
  touch: boolean;
  grip: DragGrip;
}

function attachPointer(scroller: HTMLElement, input: () => BookPointerInput): () => void {
  let press: Press | null = null;
  let session: DragSession | null = null;
  let longPress = 0;
  let swallowClick = false;

  const find = (card: HTMLElement | null) =>
    card ? (input().appointments.find((item) => item.id === card.dataset.id) ?? null) : null;

  const begin = () => {
    if (!press) return;
    const { scale, slotMinutes, times, appointments } = input();
    session = new DragSession(press.grip, { scroller, scale, slotMinutes, times, appointments });
    // The pointer may be gone by the time a long press begins.
    if (press.touch) navigator.vibrate?.(8);
    try {
      scroller.setPointerCapture(press.pointerId);
    } catch {
      end(false);
    }
  };

  const end = (commit: boolean) => {
    clearTimeout(longPress);
    const ended = session;
    const grip = press?.grip;
    press = null;
    session = null;
    if (!ended || !grip) return;
    swallowClick = true;
    setTimeout(() => {
      swallowClick = false;
    }, 0);
    const placement = ended.finish(commit);
    if (!placement) return;
    if (grip.appointment) input().onMove(grip.appointment.id, placement.columnId, placement);
    else input().onCreate(placement.columnId, placement);
  };

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0 || press || input().readOnly) return;
    const grip = gripAt(event, find);
    if (!grip) return;
    press = { pointerId: event.pointerId, touch: event.pointerType === 'touch', grip };
    if (press.touch) {
      const wait = grip.kind === 'resize' ? LONG_PRESS_RESIZE_MS : LONG_PRESS_MS;
      longPress = window.setTimeout(begin, wait);
    }
  };

  const onPointerMove = (event: PointerEvent) => {
    if (!press || event.pointerId !== press.pointerId) return;
    if (!session) {
      const distance = Math.hypot(event.clientX - press.grip.x, event.clientY - press.grip.y);
      if (press.touch) {
        if (distance > TOUCH_SLOP) end(false);
        return;
      }
      if (distance < MOUSE_THRESHOLD) return;
      begin();
    }
    session?.pointerMoved(event.clientX, event.clientY);
  };

  const onPointerUp = (event: PointerEvent) => {
    if (press && event.pointerId === press.pointerId) end(true);
  };

  const onPointerCancel = (event: PointerEvent) => {
    if (press && event.pointerId === press.pointerId) end(false);
  };

  // Clicks, not pointer ups: a screen reader clicks without a pointer.
  const onClick = (event: MouseEvent) => {
    if (swallowClick || !(event.target instanceof Element)) return;
    const card = event.target.closest<HTMLElement>('.book-card');
    const appointment = find(card);
    if (card && appointment) {
      const glyph = event.target.closest('[data-part=status]');
      if (glyph && !input().readOnly) {
        input().onStatusMenu(appointment.id, glyph.getBoundingClientRect());
      } else {
        input().onOpen(appointment.id);
      }
      return;
    }
    const block = event.target.closest<HTMLElement>('.book-block')?.dataset.id;
    if (block) {
      input().onBlock(block);
      return;
    }
    const column = event.target.closest<HTMLElement>('[data-column]');
    if (!column?.dataset.column || input().readOnly) return;
    const { scale, slotMinutes } = input();
    const minute = yToMinute(event.clientY - column.getBoundingClientRect().top, scale);
    input().onCreate(column.dataset.column, slotAt(minute, slotMinutes, scale));
  };

  const onContextMenu = (event: MouseEvent) => {
    if (press?.touch) {
      event.preventDefault();
      return;
    }
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>('.book-card') : null;
    const appointment = find(card);
    if (!card || !appointment || input().readOnly) return;
    event.preventDefault();
    // The Menu key sends no place; then the card itself is the anchor.
    const byPointer = event.button === 2;
    input().onStatusMenu(
      appointment.id,
      byPointer ? { x: event.clientX, y: event.clientY, width: 0, height: 0 } : card.getBoundingClientRect(),
    );
  };

  // A touch that became a drag must not scroll the book as well.
  const onTouchMove = (event: TouchEvent) => {
    if (session) event.preventDefault();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && session) {
      event.stopPropagation();
      end(false);
    }
  };

  scroller.addEventListener('pointerdown', onPointerDown);
  scroller.addEventListener('pointermove', onPointerMove);
  scroller.addEventListener('pointerup', onPointerUp);
  scroller.addEventListener('pointercancel', onPointerCancel);
  scroller.addEventListener('click', onClick);
  scroller.addEventListener('contextmenu', onContextMenu);
  scroller.addEventListener('touchmove', onTouchMove, { passive: false });
  window.addEventListener('keydown', onKeyDown, true);
  return () => {
    end(false);
    scroller.removeEventListener('pointerdown', onPointerDown);
    scroller.removeEventListener('pointermove', onPointerMove);
    scroller.removeEventListener('pointerup', onPointerUp);
    scroller.removeEventListener('pointercancel', onPointerCancel);
    scroller.removeEventListener('click', onClick);
    scroller.removeEventListener('contextmenu', onContextMenu);
    scroller.removeEventListener('touchmove', onTouchMove);
    window.removeEventListener('keydown', onKeyDown, true);
  };
}

/** What a press took hold of, or null where there is nothing to drag. */
function gripAt(
  event: PointerEvent,
  find: (card: HTMLElement | null) => BookAppointment | null,
): DragGrip | null {
  if (!(event.target instanceof Element)) return null;
  const columnId = event.target.closest<HTMLElement>('[data-column]')?.dataset.column;
  if (!columnId || event.target.closest('.book-block')) return null;
  const place = { x: event.clientX, y: event.clientY, columnId };
  const card = event.target.closest<HTMLElement>('.book-card');
  if (!card) return { ...place, kind: 'create', appointment: null, card: null };
  const appointment = find(card);
  if (!appointment || appointment.locked) return null;
  const kind = event.target.closest('[data-part=resize]') ? 'resize' : 'move';
  return { ...place, kind, appointment, card };
}
