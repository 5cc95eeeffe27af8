import i18next from 'i18next';
import { connection, lookUntilFound } from '@/lib/connection';
import { ApiError, NetworkError, type Problem } from './errors';

export const BASE = '/api/v1';

type QueryValue = string | number | boolean | null | undefined | readonly string[];
export type Query = Record<string, QueryValue>;

export interface RequestOptions {
  query?: Query;
  signal?: AbortSignal;
  /** The `version` of the resource as it was read; sent as If-Match. */
  version?: number;
  /** Names one act of the user, so that repeating the request cannot repeat the act. */
  idempotencyKey?: string;
  /** A 401 here is an answer, not the end of the session (signing in, public links). */
  anonymous?: boolean;
}

const READ_RETRIES = 2;
const MAX_WAIT_SECONDS = 10;

let onSessionEnded: () => void = () => {};

/** Called when the server says that nobody is signed in any more. */
export function setSessionEndedHandler(handler: () => void) {
  onSessionEnded = handler;
}

export function urlOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  }
  const text = search.toString();
  return BASE + path + (text ? `?${text}` : '');
}

const wait = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

function retryAfter(response: Response): number | null {
  const seconds = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}

async function problemOf(response: Response): Promise<Problem> {
  const fallback: Problem = { status: response.status, code: `status_${response.status}` };
  if (!response.headers.get('Content-Type')?.includes('json')) return fallback;
  try {
    return { ...fallback, ...((await response.json()) as Partial<Problem>) };
  } catch {
    return fallback;
  }
}

/** Any answer will do, a refusal too; this one costs the server next to nothing. */
const look = lookUntilFound(() => fetch(`${BASE}/session/info`, { signal: AbortSignal.timeout(10_000) }));

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    connection.setLost(false);
    return response;
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    connection.setLost(true);
    look();
    throw new NetworkError(cause);
  }
}

async function send(
  method: string,
  path: string,
  body: BodyInit | undefined,
  type: string | undefined,
  options: RequestOptions,
) {
  const headers = new Headers({ Accept: 'application/json', 'Accept-Language': i18next.language ?? 'en' });
  if (type) headers.set('Content-Type', type);
  if (options.version !== undefined) headers.set('If-Match', `"${options.version}"`);
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey);
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = body;
  if (options.signal) init.signal = options.signal;

  for (let attempt = 0; ; attempt += 1) {
    const response = await reach(urlOf(path, options.query), init);
    if (response.ok) return response;
    const seconds = retryAfter(response);
    if (response.status === 503 && method === 'GET' && attempt < READ_RETRIES) {
      await wait(Math.min(seconds ?? 1, MAX_WAIT_SECONDS));
      continue;
    }
    if (response.status === 401 && !options.anonymous) onSessionEnded();
    throw new ApiError(await problemOf(response), seconds);
  }
}

async function json<T>(method: string, path: string, body: unknown, options: RequestOptions): Promise<T> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const type = text === undefined ? undefined : 'application/json';
  const response = await send(method, path, text, type, options);
  if (response.status === 204 || response.headers.get('Content-Length') === '0') return undefined as T;
  return (await response.json()) as T;
}

/** Paths are relative to /api/v1. Answers are the JSON body; failures are ApiError or NetworkError. */
export const api = {
  get: <T>(path: string, options: RequestOptions = {}) => json<T>('GET', path, undefined, options),
  post: <T = void>(path: string, body?: unknown, options: RequestOptions = {}) =>
    json<T>('POST', path, body, options),
  put: <T = void>(path: string, body?: unknown, options: RequestOptions = {}) =>
    json<T>('PUT', path, body, options),
  patch: <T>(path: string, body: unknown, options: RequestOptions & { version: number | undefined }) =>
    json<T>('PATCH', path, body, options),
  delete: <T = void>(path: string, options: RequestOptions & { body?: unknown } = {}) =>
    json<T>('DELETE', path, options.body, options),
  /** Sends a file as it is: a photo (PUT) or a CSV to import (POST). */
  async upload<T = void>(
    method: 'PUT' | 'POST',
    path: string,
    file: Blob,
    options: RequestOptions = {},
  ): Promise<T> {
    const response = await send(method, path, file, file.type || 'text/csv', options);
    return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
  },
};
