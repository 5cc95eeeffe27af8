import { type Digits, intlLocale, type Locale } from './locale';

export interface Money {
  amount: string;
  currency: string;
}

export interface FormatSettings {
  locale: Locale;
  digits: Digits;
  timeZone: string;
}

type Decimal = Intl.StringNumericLiteral;

const cache = new Map<string, unknown>();

/** Intl formatters are slow to build and the same few are used thousands of times on a page. */
function cached<T>(key: string, build: () => T): T {
  const known = cache.get(key);
  if (known !== undefined) return known as T;
  const made = build();
  cache.set(key, made);
  return made;
}

function dateFormat(tag: string, options: Intl.DateTimeFormatOptions) {
  return cached(`d${tag}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(tag, options));
}

function numberFormat(tag: string, options: Intl.NumberFormatOptions) {
  return cached(`n${tag}${JSON.stringify(options)}`, () => new Intl.NumberFormat(tag, options));
}

/** A date-only value has no time zone: it is read and written in UTC. */
export function parseDate(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}

export const isDateOnly = (value: string) => /^\d{4}-\d{2}-\d{2}$/.test(value);

const dateParts: Intl.DateTimeFormatOptions = { year: 'numeric', month: '2-digit', day: '2-digit' };

/** The calendar day (YYYY-MM-DD) on which an instant falls in the clinic's time zone. */
export function localDateOf(instant: string | Date, timeZone: string): string {
  const parts = dateFormat('en-GB-u-ca-gregory-nu-latn', { ...dateParts, timeZone }).formatToParts(
    new Date(instant),
  );
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`;
}

/** The wall-clock time (HH:MM, 24 hours) of an instant in the clinic's time zone. */
export function localTimeOf(instant: string | Date, timeZone: string): string {
  return dateFormat('en-GB-u-ca-gregory-nu-latn', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  }).format(new Date(instant));
}

export function addDays(date: string, days: number): string {
  const moved = parseDate(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((parseDate(to).getTime() - parseDate(from).getTime()) / 86_400_000);
}

export type DateStyle =
  | 'short'
  | 'medium'
  | 'long'
  | 'full'
  | 'monthYear'
  | 'weekday'
  | 'weekdayShort'
  | 'dayMonth';

const DATE_STYLES: Record<DateStyle, Intl.DateTimeFormatOptions> = {
  short: { day: '2-digit', month: '2-digit', year: 'numeric' },
  medium: { day: 'numeric', month: 'short', year: 'numeric' },
  long: { day: 'numeric', month: 'long', year: 'numeric' },
  full: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
  dayMonth: { day: 'numeric', month: 'long' },
  monthYear: { month: 'long', year: 'numeric' },
  weekday: { weekday: 'long' },
  weekdayShort: { weekday: 'short' },
};

/** Accepts a date (YYYY-MM-DD) or an instant; instants are shown on the clinic's calendar. */
export function formatDate(value: string, style: DateStyle, settings: FormatSettings): string {
  const dateOnly = isDateOnly(value);
  const tag = intlLocale(settings.locale, settings.digits);
  const timeZone = dateOnly ? 'UTC' : settings.timeZone;
  return dateFormat(tag, { ...DATE_STYLES[style], timeZone }).format(
    dateOnly ? parseDate(value) : new Date(value),
  );
}

/** From one day to another, as short as the language allows: 22 – 28 November 2026. */
export function formatDateRange(from: string, to: string, settings: FormatSettings): string {
  const tag = intlLocale(settings.locale, settings.digits);
  return dateFormat(tag, { ...DATE_STYLES.long, timeZone: 'UTC' }).formatRange(
    parseDate(from),
    parseDate(to),
  );
}

/** The same day in the Umm al-Qura calendar. */
export function formatHijri(value: string, settings: FormatSettings): string {
  const date = isDateOnly(value) ? value : localDateOf(value, settings.timeZone);
  const tag = intlLocale(settings.locale, settings.digits, 'islamic-umalqura');
  return dateFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    parseDate(date),
  );
}

/** 24 hours in English, 12 hours with ص and م in Arabic. Takes an instant or a local HH:MM. */
export function formatTime(value: string, settings: FormatSettings): string {
  const tag = intlLocale(settings.locale, settings.digits);
  const local = /^\d{2}:\d{2}(:\d{2})?$/.test(value);
  const instant = new Date(local ? `2000-01-01T${value.slice(0, 5)}:00Z` : value);
  return dateFormat(tag, {
    hour: settings.locale === 'ar' ? 'numeric' : '2-digit',
    minute: '2-digit',
    hourCycle: settings.locale === 'ar' ? 'h12' : 'h23',
    timeZone: local ? 'UTC' : settings.timeZone,
  }).format(instant);
}

export function formatDateTime(value: string, settings: FormatSettings): string {
  const separator = settings.locale === 'ar' ? '، ' : ', ';
  return formatDate(value, 'medium', settings) + separator + formatTime(value, settings);
}

export function formatNumber(
  value: number | string,
  settings: Pick<FormatSettings, 'locale' | 'digits'>,
  options: Intl.NumberFormatOptions = {},
): string {
  return numberFormat(intlLocale(settings.locale, settings.digits), options).format(value as Decimal);
}

/** Formats the decimal string as it is; the amount never becomes a binary float. */
export function formatMoney(money: Money, settings: Pick<FormatSettings, 'locale' | 'digits'>): string {
  const fraction = money.amount.split('.')[1]?.length ?? 0;
  return numberFormat(intlLocale(settings.locale, settings.digits), {
    style: 'currency',
    currency: money.currency,
    currencyDisplay: settings.locale === 'ar' ? 'symbol' : 'code',
    minimumFractionDigits: fraction,
    maximumFractionDigits: fraction,
  }).format(money.amount as Decimal);
}

export const isZeroMoney = (money: Money) => /^-?0*(\.0*)?$/.test(money.amount);
export const isNegativeMoney = (money: Money) => money.amount.startsWith('-') && !isZeroMoney(money);

/** Whole years, or whole months below two years of age. */
export function ageOn(birthDate: string, today: string): { unit: 'year' | 'month'; count: number } {
  const born = parseDate(birthDate);
  const now = parseDate(today);
  let months = (now.getUTCFullYear() - born.getUTCFullYear()) * 12 + now.getUTCMonth() - born.getUTCMonth();
  if (now.getUTCDate() < born.getUTCDate()) months -= 1;
  months = Math.max(0, months);
  return months < 24 ? { unit: 'month', count: months } : { unit: 'year', count: Math.floor(months / 12) };
}

export function formatAge(birthDate: string, today: string, settings: FormatSettings): string {
  const { unit, count } = ageOn(birthDate, today);
  return formatNumber(count, settings, { style: 'unit', unit, unitDisplay: 'long' });
}

const RELATIVE_UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

export function formatRelative(instant: string, now: Date, settings: FormatSettings): string {
  const seconds = (new Date(instant).getTime() - now.getTime()) / 1000;
  const tag = intlLocale(settings.locale, settings.digits);
  const relative = cached(`r${tag}`, () => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }));
  for (const [unit, size] of RELATIVE_UNITS) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return relative.format(0, 'minute');
}

export function formatMinutes(minutes: number, settings: FormatSettings): string {
  return formatNumber(minutes, settings, { style: 'unit', unit: 'minute', unitDisplay: 'short' });
}

/** How a country dials at home: its code, what stands before the area or the operator, and the groups of the rest. */
const DIALLING: Record<string, { code: string; trunk: string; groups: RegExp }> = {
  EG: { code: '20', trunk: '0', groups: /^(\d{1,2})(\d{4})(\d{4})$/ },
  SA: { code: '966', trunk: '0', groups: /^(\d{1,2})(\d{3})(\d{4})$/ },
  AE: { code: '971', trunk: '0', groups: /^(\d{1,2})(\d{3})(\d{4})$/ },
  JO: { code: '962', trunk: '0', groups: /^(\d)(\d{4})(\d{4})$/ },
  KW: { code: '965', trunk: '', groups: /^(\d{4})(\d{4})$/ },
  BH: { code: '973', trunk: '', groups: /^(\d{4})(\d{4})$/ },
  QA: { code: '974', trunk: '', groups: /^(\d{4})(\d{4})$/ },
  OM: { code: '968', trunk: '', groups: /^(\d{4})(\d{4})$/ },
};

/** Groups an E.164 number for reading, as it is dialled in its own `country`. Always left to right: <Phone/>. */
export function formatPhone(number: string, country = ''): string {
  const digits = number.replace(/[^\d+]/g, '');
  for (const [where, { code, trunk, groups }] of Object.entries(DIALLING)) {
    const grouped = digits.startsWith(`+${code}`) && groups.exec(digits.slice(1 + code.length));
    if (grouped) return (where === country ? trunk : `+${code} `) + grouped.slice(1).join(' ');
  }
  return digits;
}

const ARABIC_INDIC_ZERO = 0x0660;
const PERSIAN_ZERO = 0x06f0;

/** What someone typed with an Arabic keyboard, as ASCII digits with a dot. */
export function toLatinDigits(typed: string): string {
  return typed
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - ARABIC_INDIC_ZERO))
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - PERSIAN_ZERO))
    .replace(/٫/g, '.')
    .replace(/٬/g, '');
}

/** The decimal string for the API, or null when it is not an amount. */
export function parseAmount(typed: string, exponent: number): string | null {
  const plain = toLatinDigits(typed).replace(/[\s,]/g, '');
  const match = /^(\d{1,12})(?:\.(\d*))?$/.exec(plain);
  if (!match) return null;
  const fraction = match[2] ?? '';
  if (fraction.length > exponent && /[1-9]/.test(fraction.slice(exponent))) return null;
  const whole = String(BigInt(match[1] ?? '0'));
  return exponent === 0 ? whole : `${whole}.${fraction.slice(0, exponent).padEnd(exponent, '0')}`;
}

/** Exact sum of decimal strings, in the smallest unit. */
export function addAmounts(amounts: readonly string[], exponent: number): string {
  const units = amounts.reduce((sum, amount) => sum + toUnits(amount, exponent), 0n);
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

export function compareAmounts(left: string, right: string, exponent: number): number {
  const difference = toUnits(left, exponent) - toUnits(right, exponent);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function toUnits(amount: string, exponent: number): bigint {
  const [whole = '0', fraction = ''] = amount.replace('-', '').split('.');
  const units = BigInt(whole + fraction.slice(0, exponent).padEnd(exponent, '0'));
  return amount.startsWith('-') ? -units : units;
}
