import { QueryClient } from '@tanstack/react-query';
import { beforeEach, expect, test, vi } from 'vitest';
import { api } from '@/api/client';
import { ApiError } from '@/api/errors';
import type { Visit } from '@/api/types';
import { visitQuery } from './queries';
import { NotesConflict, sendNotes } from './sendNotes';

const blank = { subjective: '', objective: '', assessment: '', plan: '' };
const visitAt = (version: number, notes: Partial<typeof blank>) =>
  ({ id: 'v', version, notes: { ...blank, ...notes } }) as Visit;
const stale = new ApiError({ status: 412, code: 'request.stale' });

let client: QueryClient;
const patch = vi.spyOn(api, 'patch');
const get = vi.spyOn(api, 'get');

beforeEach(() => {
  client = new QueryClient();
  patch.mockReset().mockImplementation(async (_path, body) => visitAt(9, (body as Visit).notes));
  get.mockReset();
});

test('what another wrote meanwhile in another part stays, though the page has learnt the new version already', async () => {
  client.setQueryData(visitQuery('v').queryKey, visitAt(5, { subjective: 'Theirs' }));
  await sendNotes(client, visitAt(4, {}), { ...blank, plan: 'Mine' }, blank);
  expect(patch).toHaveBeenCalledExactlyOnceWith(
    '/visits/v',
    { notes: { ...blank, subjective: 'Theirs', plan: 'Mine' } },
    { version: 5 },
  );
});

test('the same part written by both is a conflict, and nothing is sent', async () => {
  client.setQueryData(visitQuery('v').queryKey, visitAt(5, { plan: 'Theirs' }));
  const sent = sendNotes(client, visitAt(4, {}), { ...blank, plan: 'Mine' }, blank);
  await expect(sent).rejects.toBeInstanceOf(NotesConflict);
  expect(patch).not.toHaveBeenCalled();
});

test('a refused version is looked at, joined and sent again', async () => {
  patch.mockRejectedValueOnce(stale);
  get.mockResolvedValue(visitAt(7, { objective: 'Theirs' }));
  await sendNotes(client, visitAt(4, {}), { ...blank, plan: 'Mine' }, blank);
  expect(patch).toHaveBeenLastCalledWith(
    '/visits/v',
    { notes: { ...blank, objective: 'Theirs', plan: 'Mine' } },
    { version: 7 },
  );
});
