import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { connection } from '@/lib/connection';
import { BASE } from './client';

const KINDS = [
  'appointment.changed',
  'block.changed',
  'hold.changed',
  'patient.changed',
  'visit.changed',
  'chart.changed',
  'perio.changed',
  'plan.changed',
  'invoice.changed',
  'payment.changed',
  'clinic.changed',
  'worklist.changed',
  'session.revoked',
  'resync',
] as const;

/** A message of the stream: the document describes answers, not events. */
export interface LiveEvent {
  kind: (typeof KINDS)[number];
  clinic_id: string;
  entity_id: string;
  patient_id?: string;
  date?: string;
}

/** The query keys an event makes stale. A key is a prefix: ['appointments'] covers every list and count. */
export function staleKeys(event: LiveEvent): QueryKey[] {
  const patient = event.patient_id ? [['patients', event.patient_id]] : [];
  switch (event.kind) {
    case 'appointment.changed':
      return [['appointments'], ['worklists'], ...patient];
    case 'block.changed':
      return [['blocks'], ['appointments', 'openings']];
    case 'hold.changed':
      return [['holds'], ['appointments', 'openings']];
    case 'patient.changed':
      return [
        ['patients', 'list'],
        ['patients', event.patient_id ?? event.entity_id],
      ];
    case 'visit.changed':
      return [['visits'], ...patient];
    case 'chart.changed':
      return [['chart', event.patient_id], ...patient];
    case 'perio.changed':
      return [['perio', event.patient_id]];
    case 'plan.changed':
      return [['plans', event.patient_id], ['plans', 'one'], ['worklists']];
    case 'invoice.changed':
    case 'payment.changed':
      return [['invoices'], ['payments'], ...patient];
    case 'worklist.changed':
      return [['worklists']];
    case 'clinic.changed':
      return [['clinic'], ['session']];
    case 'session.revoked':
      return [['session']];
    case 'resync':
      return [];
  }
}

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** A stream that comes back within this time was never worth a word. */
const GRACE_MS = 2500;

/** A reading that takes longer than this holds the next one up no more. */
const LONGEST_READ_MS = 2000;

/**
 * Marks keys as stale, one reading at a time: what becomes stale while a list is read is read again afterwards, all of
 * it at once. So a burst of changes neither floods the server nor starves the list it changes.
 */
function oneAtATime(client: QueryClient): (keys: readonly QueryKey[]) => void {
  let waiting = new Map<string, QueryKey>();
  let reading = false;

  async function read() {
    reading = true;
    while (waiting.size > 0) {
      const keys = [...waiting.values()];
      waiting = new Map();
      const read = Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
      await Promise.race([read, new Promise((done) => setTimeout(done, LONGEST_READ_MS))]);
    }
    reading = false;
  }

  return (keys) => {
    for (const key of keys) waiting.set(JSON.stringify(key), key);
    if (!reading) void read();
  };
}

/** Listens until the returned function is called. The browser resumes by Last-Event-ID while the stream lives. */
export function startLive(client: QueryClient): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = FIRST_WAIT_MS;
  let missedEvents = false;
  let grace: ReturnType<typeof setTimeout> | undefined;
  const markStale = oneAtATime(client);

  function receive(message: MessageEvent<string>) {
    const event = JSON.parse(message.data) as LiveEvent;
    if (event.kind === 'resync') {
      void client.invalidateQueries();
      return;
    }
    markStale(staleKeys(event));
  }

  function open() {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`${BASE}/events`);
    for (const kind of KINDS) source.addEventListener(kind, receive);
    source.onopen = () => {
      waitMs = FIRST_WAIT_MS;
      clearTimeout(grace);
      grace = undefined;
      connection.setLost(false);
      // A stream opened anew has no Last-Event-ID: what happened meanwhile is unknown, so read again.
      if (missedEvents) void client.invalidateQueries();
      missedEvents = false;
    };
    source.onerror = () => {
      grace ??= setTimeout(() => connection.setLost(true), GRACE_MS);
      if (source?.readyState !== EventSource.CLOSED) return;
      missedEvents = true;
      clearTimeout(timer);
      timer = setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
      // Perhaps the stream ended because the session did: this asks, and leads to the sign-in page if so.
      void client.invalidateQueries({ queryKey: ['session'] });
    };
  }

  const reopen = () => {
    missedEvents = true;
    open();
  };
  const forgetRetry = connection.onRetry(reopen);
  // A network that went away takes the stream with it, and the browser may notice only much later.
  const offline = () => connection.setLost(true);
  window.addEventListener('online', reopen);
  window.addEventListener('offline', offline);
  open();
  return () => {
    window.removeEventListener('online', reopen);
    window.removeEventListener('offline', offline);
    clearTimeout(timer);
    clearTimeout(grace);
    forgetRetry();
    source?.close();
    source = null;
  };
}
