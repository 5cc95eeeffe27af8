import { expect, it } from 'vitest';
import type { Appointment } from '@/api/types';
import { freedSlots } from './freedSlots';

const now = Date.parse('2026-11-29T09:00:00+02:00');
const at = (id: string, from: string, to: string, doctor: string, chair: string | null = null) =>
  ({
    id,
    doctor_id: doctor,
    chair_id: chair,
    starts_at: `2026-11-29T${from}:00+02:00`,
    ends_at: `2026-11-29T${to}:00+02:00`,
  }) as Appointment;
const idsOf = (list: Appointment[]) => list.map(({ id }) => id);

it('freed slots are ahead, in the order of time, and one for each doctor and start', () => {
  const cancelled = [
    at('late', '12:00', '12:30', 'd1'),
    at('over', '08:30', '09:00', 'd1'),
    at('early', '10:00', '10:30', 'd1'),
    at('twice', '10:00', '10:15', 'd1'),
    at('other', '10:00', '10:30', 'd2'),
  ];
  expect(idsOf(freedSlots(cancelled, [], now))).toEqual(['early', 'other', 'late']);
});

it('what another appointment of the doctor or on the chair has taken meanwhile is not free', () => {
  const cancelled = [at('a', '10:00', '10:30', 'd1', 'c1'), at('b', '11:00', '11:30', 'd1', 'c1')];
  expect(idsOf(freedSlots(cancelled, [at('x', '10:15', '10:45', 'd1')], now))).toEqual(['b']);
  expect(idsOf(freedSlots(cancelled, [at('x', '10:15', '10:45', 'd2', 'c1')], now))).toEqual(['b']);
  // Next to it, and elsewhere at the same time.
  const beside = [at('x', '10:30', '11:00', 'd1', 'c1'), at('y', '10:00', '10:30', 'd2', 'c2')];
  expect(idsOf(freedSlots(cancelled, beside, now))).toEqual(['a', 'b']);
});
