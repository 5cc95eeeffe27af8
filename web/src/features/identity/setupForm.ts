import i18next from 'i18next';
import { z } from 'zod';
import { fields } from '@/i18n/fields';
import { toLatinDigits } from '@/lib/format';
import { oneNameGiven } from './names';

const names = z
  .object({ name_ar: fields.optionalText(120), name_en: fields.optionalText(120) })
  .superRefine(oneNameGiven);

/** One object for each step, so that a step can be checked by itself. */
export const setupSteps = {
  code: z.object({ code: fields.text(80).transform(toLatinDigits) }),
  clinic: z.object({
    clinic: z
      .object({
        name_ar: fields.optionalText(120),
        name_en: fields.optionalText(120),
        country: fields.choice(),
        currency: fields.choice(),
        time_zone: fields.choice(),
        languages: z.array(z.string()).min(1, { error: () => i18next.t('identity:setup.languageRequired') }),
      })
      .superRefine(oneNameGiven),
  }),
  places: z.object({ branch: names, chairs: z.array(names).min(1).max(60) }),
  admin: z.object({
    admin: z
      .object({
        name_ar: fields.optionalText(120),
        name_en: fields.optionalText(120),
        email: fields.email(),
        password: fields.choice(),
      })
      .superRefine(oneNameGiven),
  }),
};
export const STEPS = ['code', 'clinic', 'places', 'admin'] as const;

export const setupSchema = setupSteps.code
  .extend(setupSteps.clinic.shape)
  .extend(setupSteps.places.shape)
  .extend(setupSteps.admin.shape);
export type SetupValues = z.input<typeof setupSchema>;

/** The step that shows the field of this path. */
export function stepOf(path: string): number {
  const first = path.split('.')[0] ?? '';
  return Math.max(0, ['code', 'clinic', 'branch', 'admin'].indexOf(first === 'chairs' ? 'branch' : first));
}

export const chairNames = (number: number) => ({ name_ar: `كرسي ${number}`, name_en: `Chair ${number}` });
