import { expect, test } from 'vitest';
import { clashes } from './clash';
import type { BookAppointment } from './types';

const appointment = (fields: Partial<BookAppointment>): BookAppointment => ({
  id: 'a',
  columnId: 'chair-1',
  keeps: 'layla',
  start: 600,
  end: 630,
  patientName: 'Patient',
  reason: '',
  typeName: '',
  pattern: '',
  status: 'scheduled',
  confirmation: 'unconfirmed',
  alerts: false,
  overbooked: false,
  asap: false,
  walkIn: false,
  lateCancelled: false,
  token: null,
  version: 1,
  ...fields,
});
const own = appointment({});
const at = (columnId: string, start: number) => ({ columnId, start, end: start + 30 });

test('a chair is taken while somebody sits in it, and free when the other has gone', () => {
  const day = [own, appointment({ id: 'b', keeps: 'omar', start: 660, end: 690 })];
  expect(clashes(day, own, at('chair-1', 645))).toBe(true);
  expect(clashes(day, own, at('chair-1', 690))).toBe(false);
  expect(clashes(day, own, at('chair-2', 645))).toBe(false);
});

test('the doctor who comes along is taken in another chair too', () => {
  const day = [own, appointment({ id: 'b', columnId: 'chair-2', start: 660, end: 690 })];
  expect(clashes(day, own, at('chair-1', 660))).toBe(true);
  expect(clashes(day, own, at('chair-1', 700))).toBe(false);
});

test('nobody is in the way of himself, of a cancelled appointment, or of one that has no chair either', () => {
  const day = [own, appointment({ id: 'b', status: 'cancelled', start: 660, end: 690 })];
  expect(clashes(day, own, at('chair-1', 615))).toBe(false);
  expect(clashes(day, own, at('chair-1', 660))).toBe(false);
  const chairless = appointment({ keeps: null });
  const beside = appointment({ id: 'c', columnId: 'chair-2', keeps: null, start: 660, end: 690 });
  expect(clashes([chairless, beside], chairless, at('chair-1', 660))).toBe(false);
});

test('what is still to be made has no doctor yet: only its column counts', () => {
  const day = [appointment({ start: 660, end: 690 })];
  expect(clashes(day, null, at('chair-1', 660))).toBe(true);
  expect(clashes(day, null, at('chair-2', 660))).toBe(false);
});
