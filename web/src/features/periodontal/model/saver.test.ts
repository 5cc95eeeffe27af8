import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mergeTooth, type ToothChange } from './changes';
import { Saver } from './saver';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const depth = (site: 'DB' | 'B' | 'MB', value: number): ToothChange => ({
  sites: { [site]: { depth: value } },
});

function setUp(send: (tooth: string, change: ToothChange) => Promise<void>) {
  const kept: number[] = [];
  const saver = new Saver<void>({
    send,
    onAnswer: () => {},
    isPassing: (error) => error !== 'refused',
    keep: (changes) => kept.push(changes.size),
  });
  return { saver, kept };
}

test('the sites of a tooth travel together', async () => {
  const sent: [string, ToothChange][] = [];
  const { saver } = setUp(async (tooth, change) => void sent.push([tooth, change]));
  saver.add('18', depth('DB', 3));
  saver.add('18', depth('B', 2));
  saver.add('17', depth('DB', 4));
  await vi.runAllTimersAsync();
  expect(sent).toEqual([
    ['18', { sites: { DB: { depth: 3 }, B: { depth: 2 } } }],
    ['17', { sites: { DB: { depth: 4 } } }],
  ]);
  expect(saver.state).toEqual({ kind: 'saved' });
  expect(saver.unsaved.size).toBe(0);
});

test('what could not be sent is kept and sent again, with what was typed meanwhile on top', async () => {
  const sent: ToothChange[] = [];
  let failures = 2;
  const { saver } = setUp(async (_, change) => {
    if (failures-- > 0) throw new Error('gone');
    sent.push(change);
  });
  saver.add('18', depth('DB', 3));
  await vi.advanceTimersByTimeAsync(400);
  expect(saver.state.kind).toBe('retrying');
  saver.add('18', { sites: { DB: { depth: 5 }, B: { bleeding: true } } });
  expect(saver.unsaved.get('18')).toEqual({ sites: { DB: { depth: 5 }, B: { bleeding: true } } });
  await vi.runAllTimersAsync();
  expect(sent).toEqual([{ sites: { DB: { depth: 5 }, B: { bleeding: true } } }]);
  expect(saver.state.kind).toBe('saved');
});

test('what the server refuses stays, and is not sent again by itself', async () => {
  const send = vi.fn(async () => Promise.reject('refused'));
  const { saver, kept } = setUp(send);
  saver.add('18', depth('DB', 3));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(send).toHaveBeenCalledTimes(1);
  expect(saver.state.kind).toBe('refused');
  expect(saver.unsaved.size).toBe(1);
  expect(kept.at(-1)).toBe(1);
});

test('a key typed while its tooth travels is sent after it', async () => {
  const sent: ToothChange[] = [];
  const { saver } = setUp(async (_, change) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    sent.push(change);
  });
  saver.add('18', depth('DB', 3));
  await vi.advanceTimersByTimeAsync(400);
  saver.add('18', depth('B', 4));
  expect(saver.unsaved.get('18')).toEqual({ sites: { DB: { depth: 3 }, B: { depth: 4 } } });
  await vi.runAllTimersAsync();
  expect(sent).toEqual([depth('DB', 3), depth('B', 4)]);
});

test('changes merge field by field', () => {
  const merged = mergeTooth(
    { mobility: 1, furcation: { B: 1 }, sites: { DB: { depth: 3, bleeding: true } } },
    { furcation: { M: 2 }, sites: { DB: { depth: 4 }, B: { plaque: true } } },
  );
  expect(merged).toEqual({
    mobility: 1,
    furcation: { B: 1, M: 2 },
    sites: { DB: { depth: 4, bleeding: true }, B: { plaque: true } },
  });
});
