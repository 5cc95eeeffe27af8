import { useEffect } from 'react';

const TYPED_INTO = 'input, textarea, select, [contenteditable="true"]';

/** Ctrl+Z (⌘Z) on the page; in a field it stays the field's own. */
export function useUndoKey(undo: (() => void) | null) {
  useEffect(() => {
    if (!undo) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== 'KeyZ' || event.shiftKey || event.altKey || !(event.ctrlKey || event.metaKey))
        return;
      if (event.target instanceof Element && event.target.closest(TYPED_INTO)) return;
      event.preventDefault();
      if (!event.repeat) undo();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [undo]);
}
