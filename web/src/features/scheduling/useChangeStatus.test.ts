import { afterEach, expect, test, vi } from 'vitest';
import { ApiError } from '@/api/errors';
import { alreadyThere } from './useChangeStatus';

const stale = new ApiError({ status: 412, code: 'request.stale' }, null);
const answer = (body: object) => vi.stubGlobal('fetch', async () => Response.json(body));

afterEach(() => vi.unstubAllGlobals());

test('the answer to a step that was taken already is how the appointment stands', async () => {
  answer({ id: 'a', status: 'arrived', version: 5 });
  expect(await alreadyThere(stale, 'a', 'arrived')).toMatchObject({ version: 5 });
});

test('what stands otherwise, and what failed for another reason, stays a failure', async () => {
  answer({ id: 'a', status: 'cancelled', version: 5 });
  expect(await alreadyThere(stale, 'a', 'arrived')).toBeNull();
  answer({ id: 'a', status: 'arrived', version: 5 });
  expect(await alreadyThere(new ApiError({ status: 403, code: 'x.y' }, null), 'a', 'arrived')).toBeNull();
  expect(await alreadyThere(new Error('no network'), 'a', 'arrived')).toBeNull();
});
