import { toLatinDigits } from './format';

/** What people type as a date – 22/11/2026, 22-11-2026, 22112026, 2026-11-22, Arabic digits – as YYYY-MM-DD, or null. */
export function parseTypedDate(typed: string): string | null {
  const plain = toLatinDigits(typed)
    .replace(/[\u200e\u200f]/g, '')
    .trim();
  const parts =
    /^(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})$/.exec(plain)?.groups ??
    /^(?<d>\d{1,2})[-/. ](?<m>\d{1,2})[-/. ](?<y>\d{4})$/.exec(plain)?.groups ??
    /^(?<d>\d{2})(?<m>\d{2})(?<y>\d{4})$/.exec(plain)?.groups;
  if (!parts) return null;
  const date = `${parts.y}-${parts.m?.padStart(2, '0')}-${parts.d?.padStart(2, '0')}`;
  const real = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(real.getTime()) && real.toISOString().startsWith(date) ? date : null;
}
