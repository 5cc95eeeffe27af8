import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connection } from '@/lib/connection';
import { api, setSessionEndedHandler, urlOf } from './client';
import { ApiError, fieldErrors, NetworkError, pointerToPath } from './errors';

const answers: (Response | Error)[] = [];
const sent: { url: string; init: RequestInit }[] = [];

function problem(status: number, body: object, headers: Record<string, string> = {}) {
  return new Response(JSON.stringify({ status, ...body }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

beforeEach(() => {
  answers.length = 0;
  sent.length = 0;
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ url, init });
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error('no answer prepared');
    return answer;
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  setSessionEndedHandler(() => {});
  connection.setLost(false);
});

const headersOf = (index: number) => sent[index]?.init.headers as Headers;

describe('requests', () => {
  test('empty filters are left out of the address', () => {
    expect(urlOf('/patients', { q: 'سارة', status: null, cursor: undefined, kind: '' })).toBe(
      `/api/v1/patients?q=${encodeURIComponent('سارة')}`,
    );
  });

  test('a change carries the version it was made from, an act its key', async () => {
    answers.push(Response.json({ version: 4 }), Response.json({}));
    await api.patch('/visits/1', { notes: {} }, { version: 3 });
    await api.post('/payments', {}, { idempotencyKey: 'k1' });
    expect(headersOf(0).get('If-Match')).toBe('"3"');
    expect(headersOf(1).get('Idempotency-Key')).toBe('k1');
    expect(sent[1]?.init.credentials).toBe('same-origin');
  });

  test('a refusal is an ApiError with its code and its fields', async () => {
    const errors = [{ pointer: '/phones/0/number', code: 'x.y', detail: 'Not a phone number.' }];
    answers.push(problem(422, { code: 'request.invalid', detail: 'No.', errors, request_id: 'r1' }));
    const error = await api.post('/patients', {}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 422, code: 'request.invalid', requestId: 'r1' });
    expect(fieldErrors(error)).toEqual({ 'phones.0.number': 'Not a phone number.' });
  });

  test('an answer that is no problem document is still an error with its status', async () => {
    answers.push(new Response('<html>', { status: 502, headers: { 'Content-Type': 'text/html' } }));
    await expect(api.get('/patients')).rejects.toMatchObject({ status: 502, code: 'status_502' });
  });
});

describe('when the server is away', () => {
  test('a read waits as long as the server asks and tries again', async () => {
    answers.push(problem(503, {}, { 'Retry-After': '0' }), Response.json({ items: [] }));
    await expect(api.get('/patients')).resolves.toEqual({ items: [] });
    expect(sent).toHaveLength(2);
  });

  test('a write is never repeated on its own', async () => {
    answers.push(problem(503, {}, { 'Retry-After': '0' }));
    await expect(api.post('/payments', {})).rejects.toMatchObject({ status: 503 });
    expect(sent).toHaveLength(1);
  });

  test('the connection is lost, and found again with the next answer', async () => {
    answers.push(new TypeError('failed to fetch'), Response.json({}));
    await expect(api.get('/session')).rejects.toBeInstanceOf(NetworkError);
    expect(connection.isLost()).toBe(true);
    await api.get('/session');
    expect(connection.isLost()).toBe(false);
  });
});

test('after a failed request the server is asked until it answers, and whoever waits is told', async () => {
  vi.useFakeTimers({ now: Date.now() + 3_600_000 });
  try {
    let told = 0;
    const forget = connection.subscribe(() => {
      if (!connection.isLost()) told += 1;
    });
    answers.push(new TypeError('failed to fetch'), new TypeError('failed to fetch'));
    await expect(api.patch('/visits/1', {}, { version: 1 })).rejects.toBeInstanceOf(NetworkError);
    await vi.advanceTimersByTimeAsync(1500);
    expect(sent.map(({ url }) => url)).toEqual(['/api/v1/visits/1', '/api/v1/session/info']);
    expect(connection.isLost()).toBe(true);
    answers.push(problem(401, {}));
    await vi.advanceTimersByTimeAsync(1000);
    expect(connection.isLost()).toBe(true);
    await vi.advanceTimersByTimeAsync(1500);
    expect(connection.isLost()).toBe(false);
    expect(told).toBe(1);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(sent).toHaveLength(3);
    forget();
  } finally {
    vi.useRealTimers();
  }
});

describe('when the session has ended', () => {
  test('the app is told, but not for a wrong password', async () => {
    let ended = 0;
    setSessionEndedHandler(() => {
      ended += 1;
    });
    answers.push(
      problem(401, { code: 'identity.bad_credentials' }),
      problem(401, { code: 'identity.signed_out' }),
    );
    await expect(api.post('/session', {}, { anonymous: true })).rejects.toBeInstanceOf(ApiError);
    expect(ended).toBe(0);
    await expect(api.get('/patients')).rejects.toBeInstanceOf(ApiError);
    expect(ended).toBe(1);
  });
});

test('a pointer becomes the path of a form field', () => {
  expect(pointerToPath('/phones/0/number')).toBe('phones.0.number');
  expect(pointerToPath('/a~1b')).toBe('a/b');
});
