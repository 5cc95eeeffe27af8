import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { ElementBox } from './types';

/** A card has to be meant, not passed over. */
const REST_MS = 450;

type OnHover = (id: string | null, anchor?: ElementBox) => void;

/** Tells on which card the mouse rests; a touch never does. */
export function useBookHover(
  scrollerRef: RefObject<HTMLDivElement | null>,
  onHover: OnHover | undefined,
): void {
  const latest = useRef(onHover);
  useLayoutEffect(() => {
    latest.current = onHover;
  });
  useEffect(() => {
    const scroller = scrollerRef.current;
    return scroller ? attachHover(scroller, (...told) => latest.current?.(...told)) : undefined;
  }, [scrollerRef]);
}

function attachHover(scroller: HTMLElement, tell: OnHover): () => void {
  let timer = 0;
  let shown = false;
  let over: Element | null = null;

  const leave = () => {
    clearTimeout(timer);
    over = null;
    if (shown) tell(null);
    shown = false;
  };
  const onPointerOver = (event: PointerEvent) => {
    const card = event.target instanceof Element ? event.target.closest<HTMLElement>('.book-card') : null;
    if (card === over && card) return;
    leave();
    const id = card?.dataset.id;
    if (!card || !id || event.pointerType !== 'mouse' || event.buttons !== 0) return;
    over = card;
    timer = window.setTimeout(() => {
      shown = true;
      tell(id, card.getBoundingClientRect());
    }, REST_MS);
  };
  const events = ['pointerdown', 'pointerleave', 'scroll', 'contextmenu'] as const;
  scroller.addEventListener('pointerover', onPointerOver);
  for (const event of events) scroller.addEventListener(event, leave, { passive: true });
  window.addEventListener('keydown', leave);
  return () => {
    leave();
    scroller.removeEventListener('pointerover', onPointerOver);
    for (const event of events) scroller.removeEventListener(event, leave);
    window.removeEventListener('keydown', leave);
  };
}
