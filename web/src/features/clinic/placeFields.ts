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
  })
  .superRefine(oneNameGiven);
