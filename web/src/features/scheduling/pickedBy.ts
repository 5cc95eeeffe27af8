import { folded } from '@/lib/bestMatches';

interface Findable {
  name_ar: string | null;
  name_en: string | null;
  file_number: string;
}

/**
 * Whom a key takes of those who were found: Enter the first, Tab only one who cannot be another, as nobody has looked at
 * the list.
 */
export function pickedBy<T extends Findable>(
  key: 'Enter' | 'Tab',
  found: readonly T[],
  typed: string,
): T | null {
  const wanted = folded(typed);
  const same = found.filter((one) =>
    [one.name_ar, one.name_en, one.file_number].some((words) => words && folded(words) === wanted),
  );
  const [first = null] = same.length > 0 ? same : found;
  const certain = same.length === 1 || (same.length === 0 && found.length === 1);
  return key === 'Enter' || certain ? first : null;
}
