import { expect, test } from 'vitest';
import { intlLocale, localName, preferredLocale } from './locale';

test('the first visit follows the browser', () => {
  expect(preferredLocale(['ar-EG', 'en'])).toBe('ar');
  expect(preferredLocale(['fr-FR', 'ar', 'en'])).toBe('ar');
  expect(preferredLocale(['en-US'])).toBe('en');
  expect(preferredLocale(['fr'])).toBe('en');
});

test('digits and calendar are always spelled out', () => {
  expect(intlLocale('ar', 'latin')).toBe('ar-EG-u-ca-gregory-nu-latn');
  expect(intlLocale('ar', 'arabic', 'islamic-umalqura')).toBe('ar-EG-u-ca-islamic-umalqura-nu-arab');
  expect(intlLocale('en', 'arabic')).toBe('en-GB-u-ca-gregory-nu-latn');
});

test('a missing name falls back to the other script', () => {
  expect(localName({ name_ar: 'ليلى', name_en: null }, 'en')).toBe('ليلى');
  expect(localName({ name_ar: ' ', name_en: 'Layla' }, 'ar')).toBe('Layla');
});
