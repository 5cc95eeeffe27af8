import { expect, test } from 'vitest';
import type { Patient } from '@/api/types';
import { blankPatient, changedFields, newPhone, patientBody, patientSchema, valuesOf } from './patientForm';

const paths = (values: ReturnType<typeof blankPatient>) =>
  patientSchema.safeParse(values).error?.issues.map(({ path }) => path.join('.')) ?? [];

test('name and phone are enough', () => {
  const values = { ...blankPatient('منى سمير'), phones: [newPhone('٠١٠ ٠١٢٣ ٤٥٦٧')] };
  expect(patientBody(patientSchema.parse(values))).toMatchObject({
    name_ar: 'منى سمير',
    name_en: null,
    phones: [{ number: '01001234567', label: 'mobile', whatsapp: true }],
    national_id: null,
  });
});

test('what was searched for is where it belongs', () => {
  expect(blankPatient('0100 123').phones[0]?.number).toBe('0100 123');
  expect(blankPatient('0100 123').name).toBe('');
  expect(blankPatient('Mona').name).toBe('Mona');
});

test('without a phone a guardian is needed', () => {
  const child = { ...blankPatient('Omar'), phones: [newPhone()] };
  expect(paths(child)).toEqual(['phones.0.number']);
  expect(paths({ ...child, guardian: { id: 'g', name_ar: null, name_en: 'Mona' } })).toEqual([]);
});

test('the second name is for the other script', () => {
  const values = { ...blankPatient('Mona'), phones: [newPhone('01001234567')] };
  expect(paths({ ...values, other_name: 'Muna' })).toEqual(['other_name']);
  expect(paths({ ...values, other_name: 'منى' })).toEqual([]);
});

test('an edit sends only what was changed', () => {
  const patient = {
    id: 'p',
    name_ar: 'منى',
    name_en: 'Mona',
    phones: [newPhone('+201001234567')],
    birth_date: '1991-04-02',
    sex: 'female',
    national_id: null,
    guardian: null,
    guarantor: null,
    email: null,
    address: null,
    notes: null,
    preferred_language: null,
    reminder_channel: null,
    reminders_off: false,
  } as unknown as Patient;
  const before = valuesOf(patient, 'ar');
  const bodyOf = (values: typeof before) => patientBody(patientSchema.parse(values));
  expect(changedFields(bodyOf(before), bodyOf({ ...before, notes: 'VIP' }))).toEqual({ notes: 'VIP' });
  expect(changedFields(bodyOf(before), bodyOf({ ...before, birth_date: null }))).toEqual({
    birth_date: null,
  });
});
