import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

type Words = { [key: string]: string | Words };

const here = fileURLToPath(new URL('.', import.meta.url));
const namespaces = readdirSync(`${here}en`).filter((file) => file.endsWith('.json'));

const PLURALS = {
  en: ['one', 'other'],
  ar: ['zero', 'one', 'two', 'few', 'many', 'other'],
} as const;
const PLURAL = /_(zero|one|two|few|many|other)$/;

function read(locale: 'en' | 'ar', file: string): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (words: Words, prefix: string) => {
    for (const [key, value] of Object.entries(words)) {
      if (typeof value === 'string') found.set(prefix + key, value);
      else walk(value, `${prefix}${key}.`);
    }
  };
  walk(JSON.parse(readFileSync(`${here}${locale}/${file}`, 'utf8')) as Words, '');
  return found;
}

/** A group of plural forms counts as one key; `_other` decides whether a suffix is a plural at all. */
function keysOf(words: Map<string, string>): { plain: Set<string>; plural: Set<string> } {
  const plain = new Set<string>();
  const plural = new Set<string>();
  for (const key of words.keys()) {
    const stem = key.replace(PLURAL, '');
    if (stem !== key && words.has(`${stem}_other`)) plural.add(stem);
    else plain.add(key);
  }
  return { plain, plural };
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]).sort();

test('both languages have the same files', () => {
  expect(readdirSync(`${here}ar`).filter((file) => file.endsWith('.json'))).toEqual(namespaces);
});

describe.each(namespaces)('%s', (file) => {
  const words = { en: read('en', file), ar: read('ar', file) };
  const keys = { en: keysOf(words.en), ar: keysOf(words.ar) };

  test('Arabic and English have the same keys', () => {
    expect([...keys.ar.plain].sort()).toEqual([...keys.en.plain].sort());
    expect([...keys.ar.plural].sort()).toEqual([...keys.en.plural].sort());
  });

  test.each(['en', 'ar'] as const)('%s: no value is empty and every plural form is there', (locale) => {
    const empty = [...words[locale]].filter(([, text]) => text.trim() === '').map(([key]) => key);
    expect(empty).toEqual([]);
    const missing = [...keys[locale].plural].flatMap((stem) =>
      PLURALS[locale].map((form) => `${stem}_${form}`).filter((key) => !words[locale].has(key)),
    );
    expect(missing).toEqual([]);
  });

  test('a translation uses the same placeholders', () => {
    const different = [...keys.en.plain].filter(
      (key) =>
        String(placeholders(words.en.get(key) ?? '')) !== String(placeholders(words.ar.get(key) ?? '')),
    );
    expect(different).toEqual([]);
  });
});
