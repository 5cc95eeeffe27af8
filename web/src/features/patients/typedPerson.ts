import { parseDate, toLatinDigits } from '@/lib/format';

/** What can be told from what someone typed about a person, before the server sees it. */
type Script = 'ar' | 'en';

const count = (text: string, letters: RegExp) => text.match(letters)?.length ?? 0;

/** The script most of the letters are written in; null for a text without letters. */
export function scriptOf(text: string): Script | null {
  const arabic = count(text, /\p{Script=Arabic}/gu);
  const other = count(text, /\p{L}/gu) - count(text, /(?=\p{Script=Arabic})\p{L}/gu);
  if (arabic === 0 && other === 0) return null;
  return arabic >= other ? 'ar' : 'en';
}

/** Two names as typed, each in the field of its script. A second name in the same script is not accepted. */
export function namesByScript(
  first: string,
  second: string,
): { name_ar: string | null; name_en: string | null } {
  const names: { name_ar: string | null; name_en: string | null } = { name_ar: null, name_en: null };
  for (const typed of [first.trim(), second.trim()]) {
    if (typed === '') continue;
    const field = scriptOf(typed) === 'ar' ? 'name_ar' : 'name_en';
    names[field] ??= typed;
  }
  return names;
}

export const isPhoneLike = (typed: string) => /^\+?[\d\s()-]{3,}$/.test(toLatinDigits(typed.trim()));

/** Birth date and sex from an Egyptian national id; null while it is incomplete or of another country. */
export function readNationalId(
  typed: string,
  country: string,
): { birth_date: string; sex: 'male' | 'female' } | null {
  const digits = toLatinDigits(typed).replace(/[\s-]/g, '');
  const parts = /^([23])(\d{2})(\d{2})(\d{2})\d{5}(\d)\d$/.exec(digits);
  if (country !== 'EG' || !parts) return null;
  const date = `${parts[1] === '2' ? '19' : '20'}${parts[2]}-${parts[3]}-${parts[4]}`;
  const real = parseDate(date);
  if (Number.isNaN(real.getTime()) || !real.toISOString().startsWith(date)) return null;
  return { birth_date: date, sex: Number(parts[5]) % 2 === 1 ? 'male' : 'female' };
}

/** Only the age is known: the first of January makes the age right all through this year. */
export function birthDateOfAge(years: number, today: string): string {
  return `${Number(today.slice(0, 4)) - years}-01-01`;
}

export function yearsOld(birthDate: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return Math.max(0, today.slice(5) < birthDate.slice(5) ? years - 1 : years);
}
