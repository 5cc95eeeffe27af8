import { expect, test } from 'vitest';
import {
  birthDateOfAge,
  isPhoneLike,
  namesByScript,
  readNationalId,
  scriptOf,
  yearsOld,
} from './typedPerson';

test('a name goes to the field of the script it is written in', () => {
  expect(namesByScript(' سارة القحطاني ', '')).toEqual({ name_ar: 'سارة القحطاني', name_en: null });
  expect(namesByScript('Sara Al-Qahtani', 'سارة')).toEqual({ name_ar: 'سارة', name_en: 'Sara Al-Qahtani' });
  expect(namesByScript('Sara', 'Sarah')).toEqual({ name_ar: null, name_en: 'Sara' });
});

test('the script is that of most letters', () => {
  expect(scriptOf('د. محمد (Mo)')).toBe('ar');
  expect(scriptOf('Mohamed 2 م')).toBe('en');
  expect(scriptOf('0100 123')).toBeNull();
});

test('digits are a phone, in either kind of digits', () => {
  expect(isPhoneLike('٠١٠٠ ١٢٣')).toBe(true);
  expect(isPhoneLike('+20 10')).toBe(true);
  expect(isPhoneLike('Mona 2')).toBe(false);
});

test('an Egyptian national id tells birth date and sex', () => {
  expect(readNationalId('2 910402 01 0122 4', 'EG')).toEqual({ birth_date: '1991-04-02', sex: 'female' });
  expect(readNationalId('٣٠٥١٢٣١٠١٠٠٠١٢', 'EG')).toEqual({ birth_date: '2005-12-31', sex: 'male' });
});

test('an id with an impossible date, of another length or country tells nothing', () => {
  expect(readNationalId('29102300101234', 'EG')).toBeNull();
  expect(readNationalId('2910402010123', 'EG')).toBeNull();
  expect(readNationalId('29104020101234', 'SA')).toBeNull();
});

test('an age gives a birth date that is right all year', () => {
  const birthDate = birthDateOfAge(34, '2026-11-23');
  expect(birthDate).toBe('1992-01-01');
  expect(yearsOld(birthDate, '2026-01-01')).toBe(34);
  expect(yearsOld(birthDate, '2026-12-31')).toBe(34);
  expect(yearsOld('1992-11-24', '2026-11-23')).toBe(33);
});
