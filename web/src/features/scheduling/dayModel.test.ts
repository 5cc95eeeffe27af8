import { describe, expect, it } from 'vitest';
import type { Appointment, Branch, Chair, Staff } from '@/api/types';
import { bookAppointment, type DayRecords, dayColumns, dayRange, NO_CHAIR } from './dayModel';

const nameOf = (thing: { name_en?: string | null }) => thing.name_en ?? '';
const named = (id: string) => ({ id, name_ar: '', name_en: id });
const date = '2026-11-22';
const waitingLimits = { amber: 15, red: 30 };

function appointment(fields: Partial<Appointment>): Appointment {
  return {
    id: 'a',
    patient_id: 'p',
    doctor_id: 'doctor-1',
    chair_id: 'chair-1',
    branch_id: 'main',
    starts_at: '2026-11-22T10:00:00+02:00',
    ends_at: '2026-11-22T10:45:00+02:00',
    status: 'scheduled',
    confirmation: 'unconfirmed',
    reason: 'Check-up',
    note: null,
    procedure_id: null,
    overbook_reason: null,
    patient: { ...named('Patient'), file_number: '000001', phone: null, has_alerts: true },
    doctor: { ...named('doctor-1'), colour: '#000000' },
    chair: { ...named('chair-1'), branch_id: 'main' },
    local_date: date,
    local_start: '10:00',
    arrived_at: null,
    in_chair_at: null,
    completed_at: null,
    visit_id: null,
    outside_hours: false,
    created_at: '2026-11-01T10:00:00+02:00',
    version: 3,
    ...fields,
  };
}

const chair = (id: string, branch: string, active = true) =>
  ({ ...named(id), branch_id: branch, position: 1, active, version: 1 }) satisfies Chair;
const doctor = (id: string, active = true): Staff => ({
  ...named(id),
  account_id: id,
  roles: ['doctor'],
  role_ids: [],
  colour: '#000000',
  email: `${id}@clinic.example`,
  active,
  invited: false,
  version: 1,
});
const days = [{ date, intervals: [{ start: '09:00', end: '17:00' }] }];

function records(fields: Partial<DayRecords> = {}): DayRecords {
  return {
    appointments: [appointment({})],
    chairs: [chair('chair-1', 'main'), chair('chair-2', 'main'), chair('chair-3', 'other')],
    branches: [],
    doctors: [doctor('doctor-1'), doctor('doctor-2'), doctor('doctor-3')],
    hours: {
      branches: [
        { branch_id: 'main', days },
        { branch_id: 'other', days: [] },
      ],
      doctors: [
        { staff_id: 'doctor-2', days },
        { staff_id: 'doctor-3', days: [{ date, intervals: [] }] },
      ],
    },
    ...fields,
  };
}

const ids = (columns: { id: string }[]) => columns.map(({ id }) => id);

describe('columns by chair', () => {
  it('are the chairs of the branch, headed by the doctors who use them', () => {
    const columns = dayColumns(records(), { date, view: 'chair', branchId: 'main' }, nameOf, 'No chair');
    expect(ids(columns)).toEqual(['chair-1', 'chair-2']);
    expect(columns[0]?.subtitle).toBe('doctor-1');
    expect(columns[0]?.workingHours).toEqual([[540, 1020]]);
  });

  it('stand branch by branch, each with its name, where several are shown', () => {
    const branch = (id: string): Branch => ({ ...named(id), number_prefix: '', active: true, version: 1 });
    const day = records({
      branches: [branch('other'), branch('main')],
      chairs: [chair('chair-1', 'main'), chair('chair-3', 'other'), chair('chair-2', 'main')],
    });
    const all = dayColumns(day, { date, view: 'chair', branchId: null }, nameOf, '');
    expect(all.map(({ id, subtitle }) => [id, subtitle])).toEqual([
      ['chair-3', 'other'],
      ['chair-1', 'main · doctor-1'],
      ['chair-2', 'main'],
    ]);
    const one = dayColumns(day, { date, view: 'chair', branchId: 'main' }, nameOf, '');
    expect(one[0]?.subtitle).toBe('doctor-1');
  });

  it('keep an appointment without a chair in sight', () => {
    const day = records({ appointments: [appointment({ chair_id: null, chair: null })] });
    const columns = dayColumns(day, { date, view: 'chair', branchId: null }, nameOf, 'No chair');
    expect(ids(columns)).toEqual(['chair-1', 'chair-2', 'chair-3', NO_CHAIR]);
  });

  it('show a closed chair only while it has appointments', () => {
    const day = records({ chairs: [chair('chair-1', 'main', false), chair('chair-2', 'main', false)] });
    const columns = dayColumns(day, { date, view: 'chair', branchId: null }, nameOf, 'No chair');
    expect(ids(columns)).toEqual(['chair-1']);
  });
});

describe('columns by doctor', () => {
  it('are those who work that day or have an appointment', () => {
    const columns = dayColumns(records(), { date, view: 'doctor', branchId: null }, nameOf, '');
    expect(ids(columns)).toEqual(['doctor-1', 'doctor-2']);
  });

  it('are all active doctors on a day when nobody works', () => {
    const day = records({ appointments: [], hours: { branches: [], doctors: [] } });
    const columns = dayColumns(day, { date, view: 'doctor', branchId: null }, nameOf, '');
    expect(ids(columns)).toEqual(['doctor-1', 'doctor-2', 'doctor-3']);
  });
});

describe('an appointment in the book', () => {
  const choice = {
    view: 'chair' as const,
    waitingLimits,
    nameOf,
    mayMove: () => true,
    now: Date.parse('2026-11-22T10:05:00+02:00'),
  };

  it('lies at its local time for its length', () => {
    expect(bookAppointment(appointment({}), choice)).toMatchObject({ start: 600, end: 645, locked: false });
  });

  it('counts the waiting from the arrival', () => {
    const arrived = appointment({ status: 'arrived', arrived_at: '2026-11-22T09:52:30+02:00' });
    expect(bookAppointment(arrived, choice).waitingMinutes).toBe(12);
  });

  it('says when somebody has waited longer than the clinic likes', () => {
    const since = (clock: string) =>
      bookAppointment(appointment({ status: 'arrived', arrived_at: `2026-11-22T${clock}:00+02:00` }), choice)
        .waitingTooLong;
    expect(since('09:51')).toBeUndefined();
    expect(since('09:50')).toBe('amber');
    expect(since('09:35')).toBe('red');
  });

  it('keeps its doctor between chairs, and its chair between doctors', () => {
    expect(bookAppointment(appointment({}), choice).keeps).toBe('doctor-1');
    expect(bookAppointment(appointment({}), { ...choice, view: 'doctor' }).keeps).toBe('chair-1');
  });

  it('is locked when it is over and when the reader may not move it', () => {
    expect(bookAppointment(appointment({ status: 'completed' }), choice).locked).toBe(true);
    expect(bookAppointment(appointment({}), { ...choice, mayMove: () => false }).locked).toBe(true);
  });
});

describe('the stretch of the day', () => {
  it('reaches beyond the working hours for what was booked outside of them', () => {
    const columns = dayColumns(records(), { date, view: 'chair', branchId: 'main' }, nameOf, '');
    const late = {
      ...bookAppointment(appointment({}), {
        view: 'chair',
        waitingLimits,
        nameOf,
        mayMove: () => true,
        now: 0,
      }),
    };
    const range = dayRange(columns, [{ ...late, start: 1290, end: 1320 }]);
    expect(range).toEqual({ dayStart: 420, dayEnd: 1380, openAt: 540 });
  });

  it('never leaves the day', () => {
    expect(dayRange([], []).dayStart).toBe(420);
    const night = { id: 'c', title: '', workingHours: [[0, 1440]] as [number, number][], blocks: [] };
    expect(dayRange([night], [])).toEqual({ dayStart: 0, dayEnd: 1440, openAt: 0 });
  });
});
