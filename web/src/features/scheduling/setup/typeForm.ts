import i18next from 'i18next';
import { z } from 'zod';
import { fields } from '@/i18n/fields';

/** Minutes of one letter of a pattern. */
export const STEP = 5;

/** The colours types are told apart by: each carries white text, and can be told on a dark page. */
export const PALETTE = [
  '#0f73bb',
  '#3f66d3',
  '#785dc9',
  '#a646b9',
  '#c8327d',
  '#ce372c',
  '#bd4c0a',
  '#926646',
  '#936804',
  '#607915',
  '#178043',
  '#077c80',
  '#607182',
] as const;

/** A letter for each 5 minutes: what there is, drawn out by its last letter or cut. All of the doctor without one. */
export function lettersFor(pattern: string, minutes: number): string {
  const steps = Math.max(1, Math.min(144, Math.floor(minutes / STEP)));
  return pattern.slice(0, steps).padEnd(steps, pattern.at(-1) ?? 'D');
}

/** As it is stored: none where the doctor is there throughout. */
export const storedPattern = (letters: string) => (letters.includes('A') ? letters : '');

export function toggled(letters: string, at: number): string {
  const other = letters[at] === 'D' ? 'A' : 'D';
  return letters.slice(0, at) + other + letters.slice(at + 1);
}

/** Minutes of the doctor, and of the assistant alone. */
export function minutesOf(letters: string): { doctor: number; assistant: number } {
  const doctor = [...letters].filter((letter) => letter === 'D').length;
  return { doctor: doctor * STEP, assistant: (letters.length - doctor) * STEP };
}

const steps = () => i18next.t('scheduling:types.steps');

export const typeSchema = z
  .object({
    name_ar: fields.optionalText(80),
    name_en: fields.optionalText(80),
    colour: z.string(),
    minutes: z.coerce
      .number<number | string>({ error: steps })
      .int({ error: steps })
      .min(5, { error: steps })
      .max(720, { error: steps })
      .multipleOf(STEP, { error: steps }),
    letters: z.string(),
    chair_feature: z.string().nullable(),
    procedure_ids: z.array(z.string()),
    active: z.boolean(),
  })
  .superRefine((values, context) => {
    if (values.name_ar || values.name_en) return;
    const message = i18next.t('scheduling:types.oneName');
    context.addIssue({ code: 'custom', path: ['name_ar'], message });
    context.addIssue({ code: 'custom', path: ['name_en'], message });
  });
