import { clashes } from './clash';
import {
  type ColumnBox,
  columnAt,
  type DayScale,
  drawnSpan,
  edgeScroll,
  minuteToY,
  movedSpan,
  resizedSpan,
  yToMinute,
} from './geometry';
import type { BookAppointment, BookTimes, Placement, Span } from './types';

export type DragKind = 'move' | 'resize' | 'create';

export interface DragGrip {
  kind: DragKind;
  x: number;
  y: number;
  columnId: string;
  appointment: BookAppointment | null;
  card: HTMLElement | null;
}

export interface DragContext {
  scroller: HTMLElement;
  scale: DayScale;
  slotMinutes: number;
  times: BookTimes;
  appointments: readonly BookAppointment[];
}

/**
 * One drag from its first pixel to its drop. It paints a ghost of its own once a frame and never
 * touches React's elements, so nothing renders until the drop. Columns are measured once, at the
 * start, in screen pixels: the direction of writing does not matter here.
 */
export class DragSession {
  readonly kind: DragKind;
  private readonly grip: DragGrip;
  private readonly context: DragContext;
  private readonly boxes: ColumnBox[];
  private readonly columnTop: number;
  private readonly viewport: { left: number; right: number; top: number; bottom: number };
  private readonly scrollStart: { left: number; top: number };
  private readonly ghost: HTMLElement;
  private readonly ghostText: HTMLElement | null;
  private readonly ghostOrigin: { left: number; top: number };
  private pointer: { x: number; y: number };
  private column: number;
  private span: Span;
  private frame = 0;
  private drawn = '';

  constructor(grip: DragGrip, context: DragContext) {
    this.kind = grip.kind;
    this.grip = grip;
    this.context = context;
    this.pointer = { x: grip.x, y: grip.y };
    const { scroller } = context;
    const columns = [...scroller.querySelectorAll<HTMLElement>('[data-column]')];
    const rects = columns.map((element) => element.getBoundingClientRect());
    this.boxes = columns.map((element, index) => ({
      id: element.dataset.column ?? '',
      left: rects[index]?.left ?? 0,
      right: rects[index]?.right ?? 0,
    }));
    this.columnTop = rects[0]?.top ?? 0;
    this.column = this.boxes.findIndex((box) => box.id === grip.columnId);
    this.viewport = visibleArea(scroller);
    this.scrollStart = { left: scroller.scrollLeft, top: scroller.scrollTop };
    this.span = grip.appointment
      ? { start: grip.appointment.start, end: grip.appointment.end }
      : drawnSpan(this.minuteAt(grip.y), this.minuteAt(grip.y), context.slotMinutes, context.scale);

    this.ghost = makeGhost(grip);
    this.ghostText = this.ghost.querySelector<HTMLElement>('.book-card-time');
    (scroller.firstElementChild ?? scroller).append(this.ghost);
    const origin = this.ghost.getBoundingClientRect();
    this.ghostOrigin = { left: origin.left, top: origin.top };
    if (grip.card) grip.card.dataset.dragging = '';
    scroller.dataset.drag = grip.kind;
    this.paint();
  }

  pointerMoved(x: number, y: number): void {
    this.pointer = { x, y };
    if (!this.frame) this.frame = requestAnimationFrame(this.paint);
  }

  /** Ends the drag; the answer is where it was dropped, or null when it went back to its place. */
  finish(commit: boolean): Placement | null {
    if (this.frame) {
      cancelAnimationFrame(this.frame);
      this.frame = 0;
      if (commit) this.follow();
    }
    this.ghost.remove();
    if (this.grip.card) delete this.grip.card.dataset.dragging;
    delete this.context.scroller.dataset.drag;
    const columnId = this.boxes[this.column]?.id;
    if (!commit || columnId === undefined) return null;
    const from = this.grip.appointment;
    const unmoved =
      from?.columnId === columnId && from.start === this.span.start && from.end === this.span.end;
    return unmoved ? null : { columnId, ...this.span };
  }

  private readonly paint = (): void => {
    this.frame = 0;
    const { scroller } = this.context;
    const { left, right, top, bottom } = this.viewport;
    const down = edgeScroll(this.pointer.y, top, bottom);
    const across = this.kind === 'move' ? edgeScroll(this.pointer.x, left, right) : 0;
    if (down || across) {
      scroller.scrollBy(across, down);
      this.frame = requestAnimationFrame(this.paint);
    }
    this.follow();
  };

  private follow(): void {
    const { scale, slotMinutes } = this.context;
    const from = this.grip.appointment;
    if (from && this.kind === 'move') {
      this.column = columnAt(this.boxes, this.pointer.x + this.scrolled().left);
      this.span = movedSpan(from, this.minutesPulled(), scale);
    } else if (from) {
      this.span = resizedSpan(from, this.minutesPulled(), scale);
    } else {
      this.span = drawnSpan(this.minuteAt(this.grip.y, 0), this.minuteAt(this.pointer.y), slotMinutes, scale);
    }
    this.draw();
  }

  private draw(): void {
    const state = `${this.column} ${this.span.start} ${this.span.end}`;
    const box = this.boxes[this.column];
    if (state === this.drawn || !box) return;
    this.drawn = state;
    const { scale, times } = this.context;
    const style = this.ghost.style;
    const x = box.left + 3 - this.ghostOrigin.left;
    const y = this.columnTop + minuteToY(this.span.start, scale) + 1 - this.ghostOrigin.top;
    style.transform = `translate3d(${x}px, ${y}px, 0)`;
    style.inlineSize = `${box.right - box.left - 6}px`;
    style.blockSize = `${(this.span.end - this.span.start) * scale.pixelsPerMinute - 2}px`;
    if (this.ghostText) this.ghostText.textContent = times.range(this.span.start, this.span.end);
    const { appointments } = this.context;
    const place = { columnId: box.id, ...this.span };
    this.ghost.toggleAttribute('data-conflict', clashes(appointments, this.grip.appointment, place));
  }

  private scrolled(): { left: number; top: number } {
    const { scroller } = this.context;
    return {
      left: scroller.scrollLeft - this.scrollStart.left,
      top: scroller.scrollTop - this.scrollStart.top,
    };
  }

  private minutesPulled(): number {
    const pixels = this.pointer.y - this.grip.y + this.scrolled().top;
    return pixels / this.context.scale.pixelsPerMinute;
  }

  private minuteAt(y: number, scrolled = this.scrolled().top): number {
    return yToMinute(y + scrolled - this.columnTop, this.context.scale);
  }
}

/** The part of the scroller that shows columns: without the sticky header and the sticky gutter. */
function visibleArea(scroller: HTMLElement) {
  const area = scroller.getBoundingClientRect();
  const corner = scroller.querySelector<HTMLElement>('.book-corner')?.getBoundingClientRect();
  if (!corner) return { left: area.left, right: area.right, top: area.top, bottom: area.bottom };
  const gutterFirst = corner.left - area.left < area.right - corner.right;
  return {
    left: gutterFirst ? corner.right : area.left,
    right: gutterFirst ? area.right : corner.left,
    top: corner.bottom,
    bottom: area.bottom,
  };
}

function makeGhost(grip: DragGrip): HTMLElement {
  const ghost = grip.card ? (grip.card.cloneNode(true) as HTMLElement) : document.createElement('div');
  ghost.removeAttribute('data-id');
  ghost.removeAttribute('style');
  ghost.removeAttribute('role');
  ghost.removeAttribute('tabindex');
  ghost.setAttribute('aria-hidden', 'true');
  ghost.classList.add('book-ghost');
  if (!grip.card) ghost.classList.add('book-new');
  if (!ghost.querySelector('.book-card-time')) {
    const time = document.createElement('div');
    time.className = 'book-card-time';
    ghost.append(time);
  }
  return ghost;
}
