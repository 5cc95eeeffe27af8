import { describe, expect, test } from 'vitest';
import {
  addAmounts,
  ageOn,
  compareAmounts,
  type FormatSettings,
  formatDate,
  formatDateTime,
  formatHijri,
  formatMoney,
  formatPhone,
  formatRelative,
  formatTime,
  localDateOf,
  parseAmount,
} from './format';

const en: FormatSettings = { locale: 'en', digits: 'latin', timeZone: 'Africa/Cairo' };
const ar: FormatSettings = { locale: 'ar', digits: 'latin', timeZone: 'Africa/Cairo' };
const arabicDigits: FormatSettings = { ...ar, digits: 'arabic' };

/** Direction marks around currency symbols differ between versions of the Unicode data. */
const bare = (text: string) => text.replace(/[\u200e\u200f]/g, '').replace(/[\u00a0\u202f]/g, ' ');

describe('money', () => {
  test('keeps every digit of the decimal string, however large', () => {
    expect(bare(formatMoney({ amount: '12345678901234567.89', currency: 'EGP' }, en))).toBe(
      'EGP 12,345,678,901,234,567.89',
    );
  });
  test('has three decimals for the Kuwaiti dinar', () => {
    expect(bare(formatMoney({ amount: '125.500', currency: 'KWD' }, en))).toBe('KWD 125.500');
  });
  test('is written with the digits of the clinic', () => {
    expect(bare(formatMoney({ amount: '1250.00', currency: 'EGP' }, ar))).toContain('1,250.00');
    expect(bare(formatMoney({ amount: '1250.00', currency: 'EGP' }, arabicDigits))).toContain('١٬٢٥٠٫٠٠');
  });
  test('is understood from an Arabic keyboard', () => {
    expect(parseAmount('١٬٢٥٠٫٥', 2)).toBe('1250.50');
    expect(parseAmount('1,250', 2)).toBe('1250.00');
    expect(parseAmount('12.345', 2)).toBeNull();
    expect(parseAmount('-5', 2)).toBeNull();
    expect(parseAmount('five', 2)).toBeNull();
  });
  test('adds up exactly', () => {
    expect(addAmounts(['0.10', '0.20'], 2)).toBe('0.30');
    expect(addAmounts(['1.00', '-2.50'], 2)).toBe('-1.50');
    expect(addAmounts(['0.001', '99.999'], 3)).toBe('100.000');
    expect(compareAmounts('9.00', '10.00', 2)).toBe(-1);
  });
});

describe('dates and times', () => {
  test('a date-only value is the same day in every time zone', () => {
    expect(formatDate('2026-11-22', 'long', { ...en, timeZone: 'Pacific/Auckland' })).toBe(
      '22 November 2026',
    );
  });
  test('an instant falls on the day the clinic has', () => {
    expect(localDateOf('2026-11-22T22:30:00Z', 'Africa/Cairo')).toBe('2026-11-23');
    expect(formatDate('2026-11-22T22:30:00Z', 'long', en)).toBe('23 November 2026');
  });
  test('the Hijri date follows Umm al-Qura, in both languages', () => {
    expect(formatHijri('2026-11-22', en)).toContain('1448');
    expect(formatHijri('2026-11-22', ar)).toContain('جمادى الآخرة');
    expect(formatHijri('2026-11-22', ar)).toContain('12');
  });
  test('English has 24 hours, Arabic ص and م', () => {
    expect(formatTime('2026-11-22T13:05:00+02:00', en)).toBe('13:05');
    expect(formatTime('2026-11-22T13:05:00+02:00', ar)).toBe('1:05 م');
    expect(formatTime('00:30', ar)).toBe('12:30 ص');
  });
  test('Arabic uses Latin digits unless the clinic wants others', () => {
    expect(formatDateTime('2026-11-22T13:05:00+02:00', ar)).toMatch(/22.*2026/);
    expect(formatDateTime('2026-11-22T13:05:00+02:00', arabicDigits)).toMatch(/٢٢.*٢٠٢٦/);
  });
  test('how long ago is said in words', () => {
    expect(formatRelative('2026-11-22T10:00:00Z', new Date('2026-11-22T10:05:00Z'), en)).toBe(
      '5 minutes ago',
    );
  });
});

test('an infant has an age in months', () => {
  expect(ageOn('2026-01-31', '2026-11-22')).toEqual({ unit: 'month', count: 9 });
  expect(ageOn('1991-11-23', '2026-11-22')).toEqual({ unit: 'year', count: 34 });
  expect(ageOn('1991-11-22', '2026-11-22')).toEqual({ unit: 'year', count: 35 });
});

test('phones are grouped for reading', () => {
  expect(formatPhone('+201001234567')).toBe('+20 10 0123 4567');
  expect(formatPhone('+966551234567')).toBe('+966 55 123 4567');
  expect(formatPhone('+15550100')).toBe('+15550100');
});

test('a phone of the clinic’s own country is shown as it is dialled there', () => {
  expect(formatPhone('+201001234567', 'EG')).toBe('010 0123 4567');
  expect(formatPhone('+20223456789', 'EG')).toBe('02 2345 6789');
  expect(formatPhone('+966551234567', 'SA')).toBe('055 123 4567');
  expect(formatPhone('+96551234567', 'KW')).toBe('5123 4567');
  expect(formatPhone('+966551234567', 'EG')).toBe('+966 55 123 4567');
});
