import { readFileSync } from 'node:fs';

export const LOCALES = ['en-GB', 'ar-EG'] as const;
export type Locale = (typeof LOCALES)[number];

type Tree = { [key: string]: string | Tree };

/** The app's own texts, so that one spec reads in both languages: `t('records:sign.button')`. */
export function wordsOf(locale: Locale) {
  const files = new Map<string, Tree>();
  return (key: string, values: Record<string, string> = {}): string => {
    const [file = '', path = ''] = key.split(':');
    let tree = files.get(file);
    if (!tree) {
      const address = new URL(`../src/i18n/${locale.slice(0, 2)}/${file}.json`, import.meta.url);
      tree = JSON.parse(readFileSync(address, 'utf8')) as Tree;
      files.set(file, tree);
    }
    const text = path
      .split('.')
      .reduce<string | Tree | undefined>((at, step) => (typeof at === 'object' ? at[step] : undefined), tree);
    if (typeof text !== 'string') throw new Error(`${locale} has no text ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
  };
}

export type Words = ReturnType<typeof wordsOf>;
