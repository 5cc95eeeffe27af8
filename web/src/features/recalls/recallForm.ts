import i18next from 'i18next';
import { z } from 'zod';
import type { PatientRecall } from '@/api/types';
import { fields } from '@/i18n/fields';

/** Months that may lie between two recalls. */
const LONGEST = 60;

const months = () => i18next.t('recalls:months.range', { max: LONGEST });
const minutes = () => i18next.t('recalls:minutesRange');

const monthsField = z.coerce
  .number<number | string>({ error: months })
  .int({ error: months })
  .min(1, { error: months })
  .max(LONGEST, { error: months });

export const typeSchema = z
  .object({
    name_ar: fields.optionalText(120),
    name_en: fields.optionalText(120),
    interval_months: monthsField,
    minutes: z.coerce
      .number<number | string>({ error: minutes })
      .int({ error: minutes })
      .min(5, { error: minutes })
      .max(720, { error: minutes }),
    appointment_type_id: z.string().nullable(),
    procedure_ids: z.array(z.string()).max(200),
    active: z.boolean(),
  })
  .superRefine((values, context) => {
    if (values.name_ar || values.name_en) return;
    const message = i18next.t('recalls:oneName');
    context.addIssue({ code: 'custom', path: ['name_ar'], message });
    context.addIssue({ code: 'custom', path: ['name_en'], message });
  });

/** What is left empty goes back to what is calculated. */
export const overrideSchema = z.object({
  set_due_on: z.string().nullable(),
  interval_months: z.union([z.literal(''), monthsField]),
  note: fields.optionalText(500),
});

export type RecallState = 'stopped' | 'overdue' | 'due' | 'later' | 'never';

/** Days before its date in which a recall counts as due. */
const AHEAD_DAYS = 14;

/** How a recall stands on a day. */
export function recallState(
  { stopped_reason, due_on }: Pick<PatientRecall, 'stopped_reason' | 'due_on'>,
  today: string,
): RecallState {
  if (stopped_reason) return 'stopped';
  if (!due_on) return 'never';
  if (due_on < today) return 'overdue';
  const soon = new Date(`${today}T00:00:00Z`);
  soon.setUTCDate(soon.getUTCDate() + AHEAD_DAYS);
  return due_on <= soon.toISOString().slice(0, 10) ? 'due' : 'later';
}

/** What is sent of a recall: all of what a person set, for what is left out is forgotten. */
export function overrideOf(
  recall: PatientRecall,
  changed: Partial<{
    set_due_on: string | null;
    interval_months: number | null;
    stopped_reason: string | null;
    note: string;
  }>,
) {
  const { version, note, stopped_reason, set_due_on, own_interval, interval_months } = recall;
  return {
    set_due_on: set_due_on ?? null,
    interval_months: own_interval ? interval_months : null,
    stopped_reason: stopped_reason ?? null,
    note,
    ...changed,
    ...(version > 0 ? { version } : {}),
  };
}
