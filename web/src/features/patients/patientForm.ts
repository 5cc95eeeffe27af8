import i18next from 'i18next';
import { z } from 'zod';
import type { MessageChannel, Patient, Phone, Sex } from '@/api/types';
import { fields } from '@/i18n/fields';
import { toLatinDigits } from '@/lib/format';
import type { Locale } from '@/lib/locale';
import { isPhoneLike, namesByScript, scriptOf } from './typedPerson';

export interface RelatedPatient {
  id: string;
  name_ar: string | null;
  name_en: string | null;
}

/** A type and not an interface, so that it counts as a record of fields. */
export type PatientValues = {
  name: string;
  other_name: string;
  phones: Phone[];
  birth_date: string | null;
  sex: Sex;
  national_id: string;
  guardian: RelatedPatient | null;
  guarantor: RelatedPatient | null;
  email: string;
  address: string;
  notes: string;
  preferred_language: Locale | '';
  reminder_channel: MessageChannel | '';
  reminders_off: boolean;
};

const SHORT = 200;
const LONG = 2000;

export const newPhone = (number = ''): Phone => ({ number, label: 'mobile', whatsapp: true });

/** What the form for a new patient begins with: the words one has just searched for. */
export function blankPatient(typed = ''): PatientValues {
  const phone = isPhoneLike(typed) ? typed : '';
  return {
    name: phone ? '' : typed,
    other_name: '',
    phones: [newPhone(phone)],
    birth_date: null,
    sex: 'unknown',
    national_id: '',
    guardian: null,
    guarantor: null,
    email: '',
    address: '',
    notes: '',
    preferred_language: '',
    reminder_channel: '',
    reminders_off: false,
  };
}

export function valuesOf(patient: Patient, locale: Locale): PatientValues {
  const [own, other] =
    locale === 'ar' ? [patient.name_ar, patient.name_en] : [patient.name_en, patient.name_ar];
  return {
    name: own || other || '',
    other_name: own ? (other ?? '') : '',
    phones: patient.phones.length > 0 ? patient.phones : [newPhone()],
    birth_date: patient.birth_date ?? null,
    sex: patient.sex,
    national_id: patient.national_id ?? '',
    guardian: patient.guardian ?? null,
    guarantor: patient.guarantor ?? null,
    email: patient.email ?? '',
    address: patient.address ?? '',
    notes: patient.notes ?? '',
    preferred_language: patient.preferred_language ?? '',
    reminder_channel: patient.reminder_channel ?? '',
    reminders_off: patient.reminders_off,
  };
}

const related = () => z.custom<RelatedPatient | null>();

export const patientSchema = z
  .object({
    name: fields.text(SHORT),
    other_name: fields.optionalText(SHORT),
    phones: z.array(z.object({ number: fields.optionalPhone(), label: z.string(), whatsapp: z.boolean() })),
    birth_date: z.string().nullable(),
    sex: z.enum(['male', 'female', 'unknown']),
    national_id: z.string().transform((typed) => toLatinDigits(typed).replace(/\s/g, '')),
    guardian: related(),
    guarantor: related(),
    email: z.string().trim().pipe(fields.optionalEmail()),
    address: fields.optionalText(LONG),
    notes: fields.optionalText(LONG),
    preferred_language: z.enum(['', 'ar', 'en']),
    reminder_channel: z.enum(['', 'mail', 'sms', 'whatsapp']),
    reminders_off: z.boolean(),
  })
  .superRefine((values, context) => {
    if (values.guardian === null && values.phones.every(({ number }) => number === '')) {
      context.addIssue({
        code: 'custom',
        path: ['phones', 0, 'number'],
        message: i18next.t('patients:form.phoneNeeded'),
      });
    }
    if (values.other_name !== '' && scriptOf(values.other_name) === scriptOf(values.name)) {
      context.addIssue({
        code: 'custom',
        path: ['other_name'],
        message: i18next.t('patients:form.sameScript'),
      });
    }
  });

export type CheckedPatient = z.output<typeof patientSchema>;

/** The API's own shape of what the form holds. */
export function patientBody(values: CheckedPatient) {
  return {
    ...namesByScript(values.name, values.other_name),
    phones: values.phones.filter(({ number }) => number !== ''),
    birth_date: values.birth_date,
    sex: values.sex,
    national_id: values.national_id || null,
    guardian_id: values.guardian?.id ?? null,
    guarantor_id: values.guarantor?.id ?? null,
    email: values.email || null,
    address: values.address || null,
    notes: values.notes || null,
    preferred_language: values.preferred_language || null,
    reminder_channel: values.reminder_channel || null,
    reminders_off: values.reminders_off,
  };
}

type PatientBody = ReturnType<typeof patientBody>;

/** Only what was changed, so that two people may change different things. */
export function changedFields(before: PatientBody, after: PatientBody): Partial<PatientBody> {
  const changed = Object.entries(after).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field as keyof PatientBody]),
  );
  return Object.fromEntries(changed);
}
