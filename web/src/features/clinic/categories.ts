import i18next from 'i18next';
import words from '@/i18n/en/clinic.json';

export const CATEGORIES = Object.keys(words.category);

/** A clinic may import categories of its own: those keep their name. */
export function categoryName(code: string): string {
  const key = `clinic:category.${code}`;
  return i18next.exists(key) ? i18next.t(key as 'clinic:category.imaging') : code.replaceAll('_', ' ');
}
