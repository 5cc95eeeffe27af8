import { expect, test } from 'vitest';
import { dayBookSearch, patientsSearch, signInSearch } from './search-params';

test('after signing in one only returns to a page of this app', () => {
  expect(signInSearch({ next: '/patients?q=1' })).toEqual({ next: '/patients?q=1' });
  expect(signInSearch({ next: '//evil.example' })).toEqual({});
  expect(signInSearch({ next: '/\\evil.example' })).toEqual({});
  expect(signInSearch({ next: 'https://evil.example' })).toEqual({});
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
