/** Keys that a field takes when it is there; until then they would be shortcuts of the page below. */
let text = '';
let waiting = false;
const CAPTURE = { capture: true };

const inField = (target: EventTarget | null) =>
  Boolean((target as Partial<Element> | null)?.closest?.('input, textarea, select, [contenteditable=true]'));

function keep(event: KeyboardEvent) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || inField(event.target)) return;
  if (event.key === 'Backspace') text = [...text].slice(0, -1).join('');
  else if ([...event.key].length === 1) text += event.key;
  else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function stop() {
  waiting = false;
  window.removeEventListener('keydown', keep, CAPTURE);
}

/** What is typed while a form or a dialog is still fetched belongs to its first field. */
export const typedEarly = {
  /** From now on; the returned function gives up. */
  wait(): () => void {
    text = '';
    if (!waiting) window.addEventListener('keydown', keep, CAPTURE);
    waiting = true;
    return stop;
  },
  /** For the field, when it has the focus. */
  take(): string {
    const early = waiting ? text : '';
    text = '';
    stop();
    return early;
  },
};
