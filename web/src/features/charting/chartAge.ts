import { ageOn } from '@/lib/format';

/** Age on a day in years, with the months of an infant as parts of one; null without a birth date. */
export function ageInYears(birthDate: string | null, day: string): number | null {
  if (!birthDate) return null;
  const { unit, count } = ageOn(birthDate, day);
  return unit === 'year' ? count : count / 12;
}
