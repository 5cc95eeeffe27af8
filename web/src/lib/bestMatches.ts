import { toLatinDigits } from './format';

/** As people type: without marks, case, and the letters of Arabic that are written in several ways. */
export function folded(text: string): string {
  return toLatinDigits(text)
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/ى/g, 'ي')
    .replace(/ة/g, 'ه')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** What has the typed text in one of its words: first what is just that, then what begins with it. */
export function bestMatches<T>(
  items: readonly T[],
  typed: string,
  wordsOf: (item: T) => readonly (string | null | undefined)[],
): T[] {
  const wanted = folded(typed);
  const rank = (item: T) => {
    const words = wordsOf(item).map((one) => folded(one ?? ''));
    if (words.includes(wanted)) return 0;
    if (words.some((one) => one.startsWith(wanted))) return 1;
    if (words.some((one) => one.includes(` ${wanted}`))) return 2;
    return words.some((one) => one.includes(wanted)) ? 3 : null;
  };
  return items
    .map((item) => ({ item, rank: rank(item) }))
    .filter((one): one is { item: T; rank: 0 | 1 | 2 | 3 } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
