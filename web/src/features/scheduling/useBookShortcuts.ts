import { useEffect, useLayoutEffect, useRef } from 'react';
import type { BookViewName } from './bookAddress';

export interface BookShortcuts {
  onNew(): void;
  onBlock(): void;
  onView(view: BookViewName): void;
  onToday(): void;
  /** A page forward or back. */
  onTurn(pages: 1 | -1): void;
  onZoom(by: 1 | -1): void;
  onHelp(): void;
}

const VIEW_KEYS: Record<string, BookViewName> = {
  KeyD: 'day',
  KeyW: 'week',
  KeyM: 'month',
  KeyA: 'agenda',
};

/** The keys of the whole page. Letters go by their place on the keyboard, so they work in Arabic too. */
export function useBookShortcuts(shortcuts: BookShortcuts): void {
  const latest = useRef(shortcuts);
  useLayoutEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isBusy(event)) return;
      if (act(event, latest.current)) event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Typing in a field, or answering a dialog or a menu. */
function isBusy({ target }: KeyboardEvent): boolean {
  const typing =
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea, select, [role="menu"], [role="listbox"]'));
  return Boolean(typing) || document.querySelector('[role="dialog"]') !== null;
}

function act(event: KeyboardEvent, on: BookShortcuts): boolean {
  const { key, code, shiftKey } = event;
  const view = VIEW_KEYS[code];
  if (key === '?' || key === '؟') on.onHelp();
  else if (key === '+' || key === '=') on.onZoom(1);
  else if (key === '-') on.onZoom(-1);
  else if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
    const forward = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    on.onTurn(key === forward ? 1 : -1);
  } else if (shiftKey) return false;
  else if (view) on.onView(view);
  else if (code === 'KeyN') on.onNew();
  else if (code === 'KeyB') on.onBlock();
  else if (code === 'KeyT') on.onToday();
  else return false;
  return true;
}
