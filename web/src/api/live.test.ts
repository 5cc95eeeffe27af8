import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { connection } from '@/lib/connection';
import { staleKeys, startLive } from './live';

class FakeStream {
  static readonly CLOSED = 2;
  static opened: FakeStream[] = [];
  readyState = 0;
  onopen: () => void = () => {};
  onerror: () => void = () => {};
  private listeners = new Map<string, (message: { data: string }) => void>();
  constructor(readonly url: string) {
    FakeStream.opened.push(this);
  }
  addEventListener(kind: string, listener: (message: { data: string }) => void) {
    this.listeners.set(kind, listener);
  }
  close() {
    this.readyState = FakeStream.CLOSED;
  }
  say(kind: string, data: object) {
    this.listeners.get(kind)?.({ data: JSON.stringify({ kind, ...data }) });
  }
  break(readyState: number) {
    this.readyState = readyState;
    this.onerror();
  }
}

let stop: () => void;
let client: QueryClient;
let invalidated: unknown[];
const latest = () => FakeStream.opened.at(-1) as FakeStream;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', FakeStream);
  vi.stubGlobal('window', new EventTarget());
  FakeStream.opened = [];
  invalidated = [];
  client = new QueryClient();
  vi.spyOn(client, 'invalidateQueries').mockImplementation(async (filters) => {
    invalidated.push(filters?.queryKey ?? 'everything');
  });
  stop = startLive(client);
  latest().onopen();
});
afterEach(() => {
  stop();
  connection.setLost(false);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('an appointment changed by somebody else makes the book and the patient stale', () => {
  latest().say('appointment.changed', { clinic_id: 'c', entity_id: 'a1', patient_id: 'p1' });
  expect(invalidated).toEqual([['appointments'], ['worklists'], ['patients', 'p1']]);
});

test('changes that come while the book is being read make it stale once more, together', async () => {
  const reads: (() => void)[] = [];
  vi.spyOn(client, 'invalidateQueries').mockImplementation((filters) => {
    invalidated.push(filters?.queryKey ?? 'everything');
    return new Promise((done) => reads.push(done));
  });
  for (const id of ['a1', 'a2', 'a3']) {
    latest().say('appointment.changed', { clinic_id: 'c', entity_id: id });
  }
  const lists = [['appointments'], ['worklists']];
  expect(invalidated).toEqual(lists);
  for (const done of reads.splice(0)) done();
  await vi.advanceTimersByTimeAsync(0);
  expect(invalidated).toEqual([...lists, ...lists]);
  for (const done of reads.splice(0)) done();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(invalidated).toHaveLength(4);
});

test('a network that went away is said to be lost; when it is back everything is read again', () => {
  window.dispatchEvent(new Event('offline'));
  expect(connection.isLost()).toBe(true);
  window.dispatchEvent(new Event('online'));
  latest().onopen();
  expect(connection.isLost()).toBe(false);
  expect(invalidated).toEqual(['everything']);
});

test('after a gap in the events everything is read again', () => {
  latest().say('resync', {});
  expect(invalidated).toEqual(['everything']);
});

test('a stream that breaks for a moment says nothing', () => {
  latest().break(0);
  vi.advanceTimersByTime(2000);
  latest().onopen();
  vi.advanceTimersByTime(60_000);
  expect(connection.isLost()).toBe(false);
});

test('a stream that stays away is said to be lost, opened again, and everything is read again', () => {
  latest().break(FakeStream.CLOSED);
  vi.advanceTimersByTime(3000);
  expect(connection.isLost()).toBe(true);
  expect(FakeStream.opened.length).toBeGreaterThan(1);
  invalidated = [];
  latest().onopen();
  expect(connection.isLost()).toBe(false);
  expect(invalidated).toEqual(['everything']);
});

test('“Retry now” opens the stream at once', () => {
  latest().break(FakeStream.CLOSED);
  connection.retryNow();
  expect(FakeStream.opened).toHaveLength(2);
});

test('a changed chart is read again for its patient alone', () => {
  const event = { kind: 'chart.changed', clinic_id: 'c', entity_id: 'e', patient_id: 'p1' } as const;
  expect(staleKeys(event)).toEqual([
    ['chart', 'p1'],
    ['patients', 'p1'],
  ]);
});
