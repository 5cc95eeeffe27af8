import i18next from 'i18next';
import { z } from 'zod';
import { fields } from '@/i18n/fields';
import { oneNameGiven } from './names';

export const placeSchema = z
  .object({
    name_ar: fields.optionalText(120),
    name_en: fields.optionalText(120),
    phone: fields.optionalPhone(),
    address_ar: fields.optionalText(400),
    address_en: fields.optionalText(400),
    position: z.coerce.number<number | string>().int(),
    active: z.boolean(),
    features: z.array(z.string()),
    out: z.boolean(),
    out_reason: fields.optionalText(200),
    out_from: z.string().nullable(),
    out_until: z.string().nullable(),
  })
  .superRefine(oneNameGiven)
  .superRefine((values, context) => {
    if (!values.out) return;
    if (!values.out_reason) {
      context.addIssue({ code: 'custom', path: ['out_reason'], message: i18next.t('field.required') });
    }
    if (values.out_from && values.out_until && values.out_until < values.out_from) {
      context.addIssue({
        code: 'custom',
        path: ['out_until'],
        message: i18next.t('clinic:branches.outOrder'),
      });
    }
  });
