import { describe, expect, it } from 'vitest';
import type { Appointment, Branch, Chair, Staff, TimeBlock } from '@/api/types';
import type { BookColumnData } from './book/types';
import { bookAppointment, startOn } from './bookAppointment';
import {
  type DayRecords,
  dayColumns,
  dayRange,
  isOnDay,
  NO_CHAIR,
  nightEndOf,
  weekColumns,
} from './dayModel';
import type { TakenTime } from './takenTime';

const nameOf = (thing: { name_en?: string | null }) => thing.name_en ?? '';
const named = (id: string) => ({ id, name_ar: '', name_en: id });
const date = '2026-11-22';
const limits = { waiting_amber_minutes: 15, waiting_red_minutes: 30 };

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
    checked_out_at: null,
    cancelled_at: null,
    call_requested_at: null,
    type: null,
    pattern: '',
    walk_in: false,
    token: null,
    asap: false,
    late_cancelled: false,
    follow_up: null,
    series_id: null,
    visit_id: null,
    outside_hours: false,
    created_at: '2026-11-01T10:00:00+02:00',
    version: 3,
    ...fields,
  };
}

const chair = (id: string, branch: string, active = true) =>
  ({ ...named(id), branch_id: branch, position: 1, active, features: [], version: 1 }) satisfies Chair;
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
const stretch = (start: string, end: string) => ({ start, end, starts_at: '', ends_at: '' });
const days = [{ date, intervals: [stretch('09:00', '17:00')] }];

const nothing: TakenTime = {
  blocks: [],
  holds: [],
  minuteOf: (instant) => {
    const [day = '', time = ''] = instant.split('T');
    return { date: day, minutes: Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5)) };
  },
};

function records(fields: Partial<DayRecords> = {}): DayRecords {
  return {
    appointments: [appointment({})],
    chairs: [chair('chair-1', 'main'), chair('chair-2', 'main'), chair('chair-3', 'other')],
    branches: [],
    doctors: [doctor('doctor-1'), doctor('doctor-2'), doctor('doctor-3')],
    taken: nothing,
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
    const columns = dayColumns(records(), { date, axis: 'chair', branchId: 'main' }, nameOf, 'No chair');
    expect(ids(columns)).toEqual(['chair-1', 'chair-2']);
    expect(columns[0]?.subtitle).toBe('doctor-1');
    expect(columns[0]?.workingHours).toEqual([[540, 1020]]);
  });

  it('name their branch where several are shown', () => {
    const branch = (id: string): Branch => ({ ...named(id), number_prefix: '', active: true, version: 1 });
    const day = records({ branches: [branch('main'), branch('other')] });
    const all = dayColumns(day, { date, axis: 'chair', branchId: null }, nameOf, '');
    expect(all.map(({ id, subtitle }) => [id, subtitle])).toEqual([
      ['chair-1', 'main · doctor-1'],
      ['chair-2', 'main'],
      ['chair-3', 'other'],
    ]);
    const one = dayColumns(day, { date, axis: 'chair', branchId: 'main' }, nameOf, '');
    expect(one[0]?.subtitle).toBe('doctor-1');
  });

  it('keep an appointment without a chair in sight', () => {
    const day = records({ appointments: [appointment({ chair_id: null, chair: null })] });
    const columns = dayColumns(day, { date, axis: 'chair', branchId: null }, nameOf, 'No chair');
    expect(ids(columns)).toEqual(['chair-1', 'chair-2', 'chair-3', NO_CHAIR]);
  });

  it('show a closed chair only while it has appointments', () => {
    const day = records({ chairs: [chair('chair-1', 'main', false), chair('chair-2', 'main', false)] });
    const columns = dayColumns(day, { date, axis: 'chair', branchId: null }, nameOf, 'No chair');
    expect(ids(columns)).toEqual(['chair-1']);
  });
});

describe('columns by doctor', () => {
  it('are those who work that day or have an appointment', () => {
    const columns = dayColumns(records(), { date, axis: 'doctor', branchId: null }, nameOf, '');
    expect(ids(columns)).toEqual(['doctor-1', 'doctor-2']);
  });

  it('are all active doctors on a day when nobody works', () => {
    const day = records({ appointments: [], hours: { branches: [], doctors: [] } });
    const columns = dayColumns(day, { date, axis: 'doctor', branchId: null }, nameOf, '');
    expect(ids(columns)).toEqual(['doctor-1', 'doctor-2', 'doctor-3']);
  });
});

describe('an appointment in the book', () => {
  const choice = {
    axis: 'chair' as const,
    date,
    nameOf,
    mayMove: () => true,
    filter: { branchId: null, doctorId: null, statuses: [] },
    limits,
    now: Date.parse('2026-11-22T10:05:00+02:00'),
  };

  it('lies at its local time for its length', () => {
    expect(bookAppointment(appointment({}), choice)).toMatchObject({ start: 600, end: 645, locked: false });
  });

  it('counts the waiting from the arrival', () => {
    const arrived = appointment({ status: 'arrived', arrived_at: '2026-11-22T09:52:30+02:00' });
    expect(bookAppointment(arrived, choice)).toMatchObject({ stayMinutes: 12, stayLevel: 'fine' });
  });

  it('turns amber and red by the clinic’s limits while the patient waits', () => {
    const arrived = (at: string) =>
      bookAppointment(appointment({ status: 'arrived', arrived_at: `2026-11-22T${at}:00+02:00` }), choice);
    expect(arrived('09:51').stayLevel).toBe('fine');
    expect(arrived('09:50').stayLevel).toBe('amber');
    expect(arrived('09:35').stayLevel).toBe('red');
    expect(bookAppointment(appointment({ status: 'completed' }), choice).stayMinutes).toBeUndefined();
  });

  it('turns amber in the chair when its time is over, and red when the next one waits too long', () => {
    const seated = (at: string) =>
      bookAppointment(appointment({ status: 'in_chair', in_chair_at: `2026-11-22T${at}:00+02:00` }), choice);
    expect(seated('09:30')).toMatchObject({ stayMinutes: 35, stayLevel: 'fine' });
    expect(seated('09:20').stayLevel).toBe('amber');
    expect(seated('09:05').stayLevel).toBe('red');
  });

  it('is drawn faintly when it is not what the reader looks for', () => {
    const others = { ...choice, filter: { ...choice.filter, doctorId: 'doctor-2' } };
    expect(bookAppointment(appointment({}), others).dimmed).toBe(true);
    const waiting = { ...choice, filter: { ...choice.filter, statuses: ['arrived' as const] } };
    expect(bookAppointment(appointment({}), waiting).dimmed).toBe(true);
    expect(bookAppointment(appointment({}), choice).dimmed).toBe(false);
  });

  it('of the night after the day lies past its midnight', () => {
    const late = appointment({ local_date: '2026-11-23', local_start: '00:30' });
    expect(bookAppointment(late, choice)).toMatchObject({ start: 1470, end: 1515 });
    expect(startOn(late.local_date, late)).toBe(30);
    expect(isOnDay(late, date, 1560)).toBe(true);
    expect(isOnDay(late, date, 1440)).toBe(false);
  });

  it('keeps its doctor between chairs, and its chair between doctors', () => {
    expect(bookAppointment(appointment({}), choice).keeps).toBe('doctor-1');
    expect(bookAppointment(appointment({}), { ...choice, axis: 'doctor' }).keeps).toBe('chair-1');
    expect(bookAppointment(appointment({}), { ...choice, axis: 'date' }).keeps).toBeNull();
  });

  it('is locked when it is over and when the reader may not move it', () => {
    expect(bookAppointment(appointment({ status: 'completed' }), choice).locked).toBe(true);
    expect(bookAppointment(appointment({}), { ...choice, mayMove: () => false }).locked).toBe(true);
  });
});

describe('time that is taken without an appointment', () => {
  const at = (time: string) => `${date}T${time}:00+02:00`;
  const block = (id: string, fields: Partial<TimeBlock>): TimeBlock => ({
    id,
    branch_id: 'main',
    chair_id: null,
    doctor_id: null,
    kind: 'lunch',
    title: '',
    starts_at: at('13:00'),
    ends_at: at('13:30'),
    local_date: date,
    created_by_name_ar: '',
    created_by_name_en: 'Nourhan',
    version: 1,
    ...fields,
  });
  const taken: TakenTime = {
    ...nothing,
    blocks: [
      block('branch', {}),
      block('chair', { chair_id: 'chair-2', kind: 'maintenance', title: 'Compressor' }),
      block('doctor', { doctor_id: 'doctor-2', kind: 'meeting' }),
    ],
    holds: [
      {
        id: 'hold',
        chair_id: 'chair-1',
        doctor_id: 'doctor-1',
        starts_at: at('11:00'),
        ends_at: at('11:30'),
        expires_at: at('10:00'),
        held_by: named('Nourhan'),
        branch_id: 'branch-1',
        patient_id: null,
        local_date: '2026-11-22',
        seconds_left: 180,
        own: false,
      },
    ],
  };
  const of = (columns: BookColumnData[], id: string) => {
    const column = columns.find((one) => one.id === id);
    return [column?.blocks.map((one) => one.id), column?.holds.map((one) => one.id)];
  };

  it('is drawn on its chair, and a branch’s on every chair of the branch', () => {
    const columns = dayColumns(records({ taken }), { date, axis: 'chair', branchId: null }, nameOf, '');
    expect(of(columns, 'chair-1')).toEqual([['branch'], ['hold']]);
    expect(of(columns, 'chair-2')).toEqual([['branch', 'chair'], []]);
    expect(of(columns, 'chair-3')).toEqual([[], []]);
    expect(columns[0]?.holds[0]).toEqual({ id: 'hold', start: 660, end: 690, label: 'Nourhan' });
  });

  it('is drawn on its doctor', () => {
    const columns = dayColumns(records({ taken }), { date, axis: 'doctor', branchId: 'main' }, nameOf, '');
    expect(of(columns, 'doctor-1')).toEqual([['branch'], ['hold']]);
    expect(of(columns, 'doctor-2')).toEqual([['branch', 'doctor'], []]);
  });
});

describe('a day that is not like its week', () => {
  it('says why', () => {
    const reason = { closure_id: 'feast', kind: 'holiday' as const, name_ar: 'عيد', name_en: 'Feast' };
    const closed = { branch_id: 'main', days: [{ date, intervals: [], reason }] };
    const day = records({ hours: { branches: [closed], doctors: [] } });
    const columns = dayColumns(day, { date, axis: 'chair', branchId: 'main' }, nameOf, '');
    expect(columns[0]).toMatchObject({ reason: 'Feast', workingHours: [] });
  });
});

describe('the days of a week', () => {
  const head = (day: string) => ({ title: day, subtitle: '' });

  it('have the hours of their doctor, or of the branch of their chair', () => {
    const dates = [date, '2026-11-23'];
    const own = weekColumns(records().hours, dates, { doctorId: 'doctor-2' }, nothing, head, nameOf);
    expect(own.map(({ id, workingHours }) => [id, workingHours])).toEqual([
      [date, [[540, 1020]]],
      ['2026-11-23', []],
    ]);
    const chairs = weekColumns(
      records().hours,
      [date],
      { id: 'chair-1', branch_id: 'main' },
      nothing,
      head,
      nameOf,
    );
    expect(chairs[0]?.workingHours).toEqual([[540, 1020]]);
  });
});

describe('hours past midnight', () => {
  const night = { branch_id: 'main', days: [{ date, intervals: [stretch('18:00', '02:00')] }] };
  const hours = { branches: [night], doctors: [] };

  it('reach into the next day', () => {
    expect(nightEndOf(hours, date)).toBe(1560);
    const columns = dayColumns(records({ hours }), { date, axis: 'chair', branchId: 'main' }, nameOf, '');
    expect(columns[0]?.workingHours).toEqual([[1080, 1560]]);
    expect(dayRange(columns, []).dayEnd).toBe(1560);
  });

  it('of the night before are open until they end, and are not where the day begins', () => {
    const before = { date: '2026-11-21', intervals: [stretch('18:00', '02:00')] };
    const branch = {
      branch_id: 'main',
      days: [before, { date, intervals: [stretch('10:00', '18:00')] }],
    };
    const day = records({ hours: { branches: [branch], doctors: [] } });
    const columns = dayColumns(day, { date, axis: 'chair', branchId: 'main' }, nameOf, '');
    expect(columns[0]?.workingHours).toEqual([
      [0, 120],
      [600, 1080],
    ]);
    expect(dayRange(columns, [])).toMatchObject({ dayStart: 0, openAt: 600 });
  });
});

describe('the stretch of the day', () => {
  it('reaches beyond the working hours for what was booked outside of them', () => {
    const columns = dayColumns(records(), { date, axis: 'chair', branchId: 'main' }, nameOf, '');
    const late = {
      ...bookAppointment(appointment({}), {
        axis: 'chair',
        date,
        nameOf,
        mayMove: () => true,
        filter: { branchId: null, doctorId: null, statuses: [] },
        limits,
        now: 0,
      }),
    };
    const range = dayRange(columns, [{ ...late, start: 1290, end: 1320 }]);
    expect(range).toEqual({ dayStart: 420, dayEnd: 1380, openAt: 540 });
  });

  it('never leaves the day', () => {
    expect(dayRange([], []).dayStart).toBe(420);
    const night = {
      id: 'c',
      title: '',
      workingHours: [[0, 1440]] as [number, number][],
      blocks: [],
      holds: [],
    };
    expect(dayRange([night], [])).toEqual({ dayStart: 0, dayEnd: 1440, openAt: 480 });
  });
});
