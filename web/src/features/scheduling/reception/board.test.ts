import { describe, expect, test } from 'vitest';
import type { Appointment } from '@/api/types';
import { boardOf, chairFor, figuresOf, minutesFrom, minutesLate, nextOf, occupantsOf, stayOf } from './board';

const DAY = '2026-11-25';
const at = (time: string) => `${DAY}T${time}:00+02:00`;
const LIMITS = { waiting_amber_minutes: 15, waiting_red_minutes: 30 };

function appointment(id: string, fields: Partial<Appointment>): Appointment {
  const base = { id, local_date: DAY, doctor_id: 'a', starts_at: at('10:00'), ends_at: at('10:30') };
  return { ...base, status: 'scheduled', ...fields } as Appointment;
}

const ids = (list: readonly Appointment[]) => list.map(({ id }) => id);

test('every patient of the day stands in one column, and who does not come in none', () => {
  const all = (
    [
      'scheduled',
      'confirmed',
      'arrived',
      'in_chair',
      'completed',
      'checked_out',
      'no_show',
      'cancelled',
    ] as const
  ).map((status) => appointment(status, { status }));
  const board = boardOf([...all, appointment('tomorrow', { local_date: '2026-11-26' })], {
    date: DAY,
    doctorId: null,
  });
  expect(ids(board.expected)).toEqual(['scheduled', 'confirmed']);
  expect(ids(board.waiting)).toEqual(['arrived']);
  expect(ids(board.inChair)).toEqual(['in_chair']);
  expect(ids(board.done)).toEqual(['completed', 'checked_out']);
});

test('the board of one doctor holds only his patients', () => {
  const board = boardOf([appointment('1', {}), appointment('2', { doctor_id: 'b' })], {
    date: DAY,
    doctorId: 'b',
  });
  expect(ids(board.expected)).toEqual(['2']);
});

describe('the order of those who wait is the one the server calls in', () => {
  const early = appointment('early', {
    status: 'arrived',
    starts_at: at('11:00'),
    arrived_at: at('10:10'),
    token: 1,
  });
  const late = appointment('late', {
    status: 'arrived',
    starts_at: at('10:00'),
    arrived_at: at('10:40'),
    token: 3,
  });
  const walkIn = appointment('walk-in', {
    status: 'arrived',
    starts_at: at('10:30'),
    arrived_at: at('10:30'),
    token: 2,
  });
  const tie = appointment('tie', {
    status: 'arrived',
    starts_at: at('11:00'),
    arrived_at: at('10:50'),
    token: 4,
  });
  const board = boardOf([tie, early, late, walkIn], { date: DAY, doctorId: null });

  test('not before the time booked, late or without one since coming, then by number', () => {
    expect(ids(board.waiting)).toEqual(['walk-in', 'late', 'early', 'tie']);
  });

  test('who was called is not the next', () => {
    expect(nextOf(board)?.id).toBe('walk-in');
    expect(nextOf({ waiting: [{ ...walkIn, called_at: at('10:45') }, late] })?.id).toBe('late');
    expect(nextOf({ waiting: [] })).toBeNull();
  });
});

test('who has been seen stands first until he checks out', () => {
  const gone = appointment('gone', { status: 'checked_out', completed_at: at('12:00') });
  const first = appointment('first', { status: 'completed', completed_at: at('11:00') });
  const second = appointment('second', { status: 'completed', completed_at: at('11:30') });
  expect(ids(boardOf([gone, first, second], { date: DAY, doctorId: null }).done)).toEqual([
    'second',
    'first',
    'gone',
  ]);
});

test('waiting turns amber and red by the limits of the clinic', () => {
  const waits = appointment('waits', { status: 'arrived', arrived_at: at('10:00') });
  const level = (time: string) => stayOf(waits, LIMITS, Date.parse(at(time)));
  expect(level('10:14')).toEqual({ minutes: 14, level: 'fine' });
  expect(level('10:15')).toEqual({ minutes: 15, level: 'amber' });
  expect(level('10:30')).toEqual({ minutes: 30, level: 'red' });
  expect(stayOf(appointment('1', {}), LIMITS, 0)).toBeNull();
});

test('the figures of the day', () => {
  const now = Date.parse(at('11:00'));
  const list = [
    appointment('1', { status: 'arrived', arrived_at: at('10:50') }),
    appointment('2', { status: 'arrived', arrived_at: at('10:40') }),
    appointment('3', { status: 'in_chair', arrived_at: at('10:00'), in_chair_at: at('10:11') }),
    appointment('4', { status: 'completed', arrived_at: at('09:00'), in_chair_at: at('09:20') }),
    appointment('5', { status: 'checked_out', in_chair_at: at('09:20') }),
  ];
  expect(figuresOf(boardOf(list, { date: DAY, doctorId: null }), LIMITS, now)).toEqual({
    waiting: 2,
    longest: { minutes: 20, level: 'amber' },
    averageWait: 16,
    seen: 2,
  });
  expect(figuresOf(boardOf([], { date: DAY, doctorId: null }), LIMITS, now)).toEqual({
    waiting: 0,
    longest: null,
    averageWait: null,
    seen: 0,
  });
});

test('minutes between two moments, and how late somebody is', () => {
  expect(minutesFrom(at('10:00'), at('10:07'))).toBe(7);
  expect(minutesFrom(null, at('10:07'))).toBeNull();
  expect(minutesFrom(at('10:07'), at('10:00'))).toBe(0);
  expect(minutesLate(appointment('1', {}), Date.parse(at('10:12')))).toBe(12);
  expect(minutesLate(appointment('1', {}), Date.parse(at('09:12')))).toBe(0);
});

test('a patient goes where he was called to, else where the desk calls to, else where he is booked', () => {
  expect(chairFor({ called_to: 'called', chair_id: 'booked' }, 'desk')).toBe('called');
  expect(chairFor({ called_to: null, chair_id: 'booked' }, 'desk')).toBe('desk');
  expect(chairFor({ called_to: null, chair_id: 'booked' }, null)).toBe('booked');
  expect(chairFor({ called_to: null, chair_id: null }, null)).toBeNull();
});

test('a chair is occupied by who sits in it now', () => {
  const sits = appointment('sits', { status: 'in_chair', chair_id: 'one' });
  const occupied = occupantsOf([sits, appointment('was', { status: 'completed', chair_id: 'two' })]);
  expect(occupied.get('one')?.id).toBe('sits');
  expect(occupied.has('two')).toBe(false);
});
