import i18next from 'i18next';
import { z } from 'zod';
import type { TimeBlock } from '@/api/types';
import { fields } from '@/i18n/fields';
import { addDays, localDateOf, parseDate } from '@/lib/format';
import {
  DAY_MINUTES,
  minutesBetween,
  minutesOfInstant,
  minutesOfTime,
  timeOfMinutes,
  wallClock,
} from '../dayTime';
import type { NewSlot } from '../newAppointment';

export const BLOCK_KINDS = ['lunch', 'meeting', 'maintenance', 'emergency', 'other'] as const;

const USUAL_MINUTES = 30;
const USUAL_START = 13 * 60;

/** Whose time it takes: a chair's, a doctor's or, with neither, the whole branch's. */
type Place = Pick<TimeBlock, 'chair_id' | 'doctor_id'> & { branch_id?: string | null };

/** A place as the value of one choice among chairs, doctors and branches. */
export function placeValue({ chair_id, doctor_id, branch_id }: Place): string {
  if (chair_id) return `chair ${chair_id}`;
  if (doctor_id) return `doctor ${doctor_id}`;
  return branch_id ? `branch ${branch_id}` : '';
}

export function placeOf(value: string): Record<string, string> {
  const [kind = '', id = ''] = value.split(' ');
  return id ? { [`${kind}_id`]: id } : {};
}

const required = () => i18next.t('field.required');

export const blockSchema = z
  .object({
    kind: z.enum(BLOCK_KINDS),
    place: z.string().min(1, { error: required }),
    type_id: z.string().nullable(),
    date: fields.date(),
    start: fields.choice(),
    end: fields.choice(),
    title: fields.optionalText(120),
    repeat: z.object({ weekly: z.boolean(), weekdays: z.array(z.string()), until: z.string().nullable() }),
    despite: z.boolean(),
  })
  .superRefine(({ kind, type_id, repeat, date }, context) => {
    const complain = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (kind === 'emergency' && !type_id) complain(['type_id'], required());
    if (!repeat.weekly) return;
    if (!repeat.until) complain(['repeat', 'until'], required());
    else if (repeat.until < date) complain(['repeat', 'until'], i18next.t('scheduling:blocks.untilBefore'));
  });

export type BlockValues = z.input<typeof blockSchema>;
export type CheckedBlock = z.output<typeof blockSchema>;

/** What is at the same time or before its start ends on the next day. */
export function blockSpan({ start, end }: Pick<BlockValues, 'start' | 'end'>): {
  start: number;
  end: number;
} {
  const from = minutesOfTime(start);
  const until = minutesOfTime(end);
  return { start: from, end: until > from ? until : until + DAY_MINUTES };
}

interface BlockContext {
  date: string;
  /** Where somebody clicked or drew, and whose column that was. */
  slot: NewSlot | null;
  of: 'chair' | 'doctor';
  /** Who may only take his own time. */
  ownDoctorId: string | null;
}

/** What the form of a new block begins with. */
export function newBlock({ date, slot, of, ownDoctorId }: BlockContext): BlockValues {
  const start = slot?.start ?? USUAL_START;
  const end = slot?.end ?? start + USUAL_MINUTES;
  const drawn = of === 'chair' ? { chair_id: slot?.chairId } : { doctor_id: slot?.doctorId };
  const day = slot?.date ?? date;
  return {
    kind: 'lunch',
    place: placeValue(ownDoctorId ? { doctor_id: ownDoctorId } : drawn),
    type_id: null,
    date: day,
    start: timeOfMinutes(start),
    end: timeOfMinutes(end),
    title: '',
    repeat: { weekly: false, weekdays: [String(parseDate(day).getUTCDay())], until: addDays(day, 28) },
    despite: false,
  };
}

/** What the form of a block that is there begins with. */
export function valuesOfBlock(block: TimeBlock, timeZone: string): BlockValues {
  const start = minutesOfInstant(block.starts_at, timeZone);
  return {
    kind: block.kind,
    place: placeValue(block),
    type_id: block.type_id ?? null,
    date: localDateOf(block.starts_at, timeZone),
    start: timeOfMinutes(start),
    end: timeOfMinutes(start + minutesBetween(block.starts_at, block.ends_at)),
    title: block.title,
    repeat: { weekly: false, weekdays: [], until: null },
    despite: false,
  };
}

/** The part that a block and its change have in common, as the API takes it. */
function facts(values: CheckedBlock) {
  const { start, end } = blockSpan(values);
  return {
    kind: values.kind,
    title: values.title,
    starts_at: wallClock(values.date, start),
    ends_at: wallClock(values.date, end),
    ...(values.despite ? { despite_appointments: true } : {}),
  };
}

export function bodyOfNew(values: CheckedBlock): Record<string, unknown> {
  const { weekly, weekdays, until } = values.repeat;
  return {
    ...facts(values),
    ...placeOf(values.place),
    ...(values.kind === 'emergency' ? { type_id: values.type_id } : {}),
    ...(weekly
      ? { repeat: { until, ...(weekdays.length > 0 ? { weekdays: weekdays.map(Number) } : {}) } }
      : {}),
  };
}

export function bodyOfChange(values: CheckedBlock): Record<string, unknown> {
  return { ...facts(values), type_id: values.kind === 'emergency' ? values.type_id : null };
}
