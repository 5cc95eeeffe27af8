import { expect, test } from 'vitest';
import { auditSearch, dayBookSearch, patientsSearch, receptionSearch, signInSearch } from './search-params';

test('after signing in one only returns to a page of this app', () => {
  expect(signInSearch({ next: '/patients?q=1' })).toEqual({ next: '/patients?q=1' });
  expect(signInSearch({ next: '//evil.example' })).toEqual({});
  expect(signInSearch({ next: '/\\evil.example' })).toEqual({});
  expect(signInSearch({ next: 'https://evil.example' })).toEqual({});
  expect(signInSearch({ ended: true, next: '/audit' })).toEqual({ ended: true, next: '/audit' });
  expect(signInSearch({ ended: 'perhaps' })).toEqual({});
});

test('nonsense in an address is dropped', () => {
  expect(dayBookSearch({ date: '22/11/2026', by: 'moon', new: 'true' })).toEqual({
    date: undefined,
    by: undefined,
    branch: undefined,
    new: true,
    patient: undefined,
    appointment: undefined,
  });
  expect(patientsSearch({ q: 123 })).toEqual({ q: '123', new: undefined });
});

test('a day that no calendar has and an id that is none are dropped, the real ones stay', () => {
  const ID = '01a21396-ce20-7000-8000-0123456789ab';
  for (const date of ['2026-99-99', '2026-02-30', '2026-00-10', '0001-01-01']) {
    expect(dayBookSearch({ date }).date, date).toBeUndefined();
  }
  expect(dayBookSearch({ date: '2028-02-29' }).date).toBe('2028-02-29');
  expect(dayBookSearch({ branch: 'zzz', doctor: 7, chair: "'", appointment: 'x', copy: 'y' })).toEqual(
    dayBookSearch({}),
  );
  expect(dayBookSearch({ branch: ID, patient: ID })).toMatchObject({ branch: ID, patient: ID });
  expect(receptionSearch({ branch: 'zzz', doctor: ID }).doctor).toBe(ID);
  expect(receptionSearch({ branch: 'zzz', doctor: ID }).branch).toBeUndefined();
  expect(auditSearch({ actor_id: 'somebody', entity_id: ID })).toMatchObject({
    actor_id: undefined,
    entity_id: ID,
  });
});
