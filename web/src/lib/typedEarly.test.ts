import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { typedEarly } from './typedEarly';

let page: EventTarget;
const shortcut = vi.fn();

function press(key: string, more: object = {}) {
  page.dispatchEvent(Object.assign(new Event('keydown', { cancelable: true }), { key, ...more }));
}

beforeEach(() => {
  page = new EventTarget();
  vi.stubGlobal('window', page);
  shortcut.mockClear();
});
afterEach(() => vi.unstubAllGlobals());

test('what is typed before the field is there goes to it, not to the shortcuts', () => {
  typedEarly.wait();
  page.addEventListener('keydown', shortcut);
  for (const key of ['n', 'a', 'x', 'Backspace', 'د', ' ']) press(key);
  expect(shortcut).not.toHaveBeenCalled();
  expect(typedEarly.take()).toBe('naد ');
  press('n');
  expect(shortcut).toHaveBeenCalledTimes(1);
  expect(typedEarly.take()).toBe('');
});

test('other keys work on, and who gives up gets nothing', () => {
  const stop = typedEarly.wait();
  page.addEventListener('keydown', shortcut);
  press('Escape');
  press('k', { ctrlKey: true });
  expect(shortcut).toHaveBeenCalledTimes(2);
  press('a');
  stop();
  press('b');
  expect(shortcut).toHaveBeenCalledTimes(3);
  expect(typedEarly.take()).toBe('');
});
