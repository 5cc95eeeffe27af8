import { type Changes, mergeChanges, mergeTooth, type ToothChange } from './changes';

export type SaveState =
  | { kind: 'saved' }
  | { kind: 'saving' }
  /** The server or the way to it is gone: what was typed is kept and sent again. */
  | { kind: 'retrying'; error: unknown }
  /** The server says no: what was typed is kept and shown, and nothing is sent again by itself. */
  | { kind: 'refused'; error: unknown };

export interface SaverPorts<Answer> {
  send: (tooth: string, change: ToothChange) => Promise<Answer>;
  onAnswer: (tooth: string, answer: Answer) => void;
  /** Whether sending the same again may succeed. */
  isPassing: (error: unknown) => boolean;
  /** Keeps what is not saved over a reload. */
  keep: (changes: Changes) => void;
}

/** So long after a key nothing is sent, so that the sites of a tooth travel together. */
const PAUSE_MS = 350;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/**
 * Sends what was typed, a tooth at a time, while typing goes on. What is typed never waits for it; what could not be
 * sent stays in the queue and is sent again.
 */
export class Saver<Answer> {
  private queue = new Map<string, ToothChange>();
  private travelling: [string, ToothChange] | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waitMs = FIRST_WAIT_MS;
  private listeners = new Set<() => void>();
  private all: Changes = new Map();
  state: SaveState = { kind: 'saved' };

  constructor(private readonly ports: SaverPorts<Answer>) {}

  /** What is not saved yet, what travels included; the same object until it changes. */
  get unsaved(): Changes {
    return this.all;
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  add(tooth: string, change: ToothChange) {
    this.queue.set(tooth, mergeTooth(this.queue.get(tooth) ?? {}, change));
    if (this.state.kind === 'saved') this.state = { kind: 'saving' };
    this.changed();
    if (this.state.kind !== 'refused' && this.state.kind !== 'retrying') this.schedule(PAUSE_MS);
  }

  /** Sends at once, again if it was refused before. */
  flush() {
    if (this.queue.size === 0) return;
    this.waitMs = FIRST_WAIT_MS;
    this.state = { kind: 'saving' };
    this.changed();
    void this.run();
  }

  private schedule(ms: number) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.run(), ms);
  }

  private async run() {
    clearTimeout(this.timer);
    if (this.travelling) return;
    const next = this.queue.entries().next().value;
    if (!next) {
      this.state = { kind: 'saved' };
      this.changed();
      return;
    }
    const [tooth, change] = next;
    this.queue.delete(tooth);
    this.travelling = next;
    try {
      const answer = await this.ports.send(tooth, change);
      this.travelling = null;
      this.waitMs = FIRST_WAIT_MS;
      this.ports.onAnswer(tooth, answer);
      this.state = this.queue.size > 0 ? { kind: 'saving' } : { kind: 'saved' };
      this.changed();
      if (this.queue.size > 0) this.schedule(0);
    } catch (error) {
      this.travelling = null;
      // What was typed meanwhile is newer than what comes back.
      this.queue.set(tooth, mergeTooth(change, this.queue.get(tooth) ?? {}));
      const passing = this.ports.isPassing(error);
      this.state = { kind: passing ? 'retrying' : 'refused', error };
      this.changed();
      if (passing) {
        this.schedule(this.waitMs);
        this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS);
      }
    }
  }

  private changed() {
    const travelling = new Map(this.travelling ? [this.travelling] : []);
    this.all = mergeChanges(travelling, this.queue);
    this.ports.keep(this.all);
    for (const listener of this.listeners) listener();
  }
}
