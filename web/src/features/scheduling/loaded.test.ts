import type { UseQueryResult } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { loaded } from './loaded';

const answered = { isError: false, error: null } as UseQueryResult<unknown>;
const refused = (refetch = vi.fn()) =>
  ({ isError: true, error: new Error('refused'), refetch }) as unknown as UseQueryResult<unknown>;

test('what has not come yet is loading, and failed once one of it was refused', () => {
  expect(loaded([answered], null).kind).toBe('loading');
  expect(loaded([answered, refused()], null)).toMatchObject({
    kind: 'failed',
    error: { message: 'refused' },
  });
});

test('what is there stays when it cannot be read again, and says why; only that is tried again', () => {
  expect(loaded([answered], 'a day')).toEqual({ kind: 'ready', value: 'a day', fault: null });
  const refetch = vi.fn();
  const state = loaded([answered, refused(refetch)], 'a day');
  expect(state).toMatchObject({ kind: 'ready', value: 'a day', fault: { error: { message: 'refused' } } });
  if (state.kind === 'ready') state.fault?.retry();
  expect(refetch).toHaveBeenCalledOnce();
});
