import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = dirname(fileURLToPath(import.meta.url));

/** Zone → the zones it may import. A feature may import its own folder besides. */
const ALLOWED: Record<string, readonly string[]> = {
  app: ['app', 'features', 'ui', 'api', 'i18n', 'lib'],
  features: ['ui', 'api', 'i18n', 'lib'],
  ui: ['ui', 'i18n', 'lib'],
  api: ['api', 'i18n', 'lib'],
  i18n: ['i18n', 'lib'],
  lib: ['lib'],
};

const IMPORT = /(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g;

function sources(): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => /\.tsx?$/.test(file) && file.includes('/'));
}

function importsOf(file: string): string[] {
  const code = readFileSync(join(root, file), 'utf8');
  return [...code.matchAll(IMPORT)]
    .map((match) => match[1] ?? '')
    .filter((path) => path.startsWith('.') || path.startsWith('@/'))
    .map((path) =>
      path.startsWith('@/')
        ? path.slice(2)
        : relative(root, join(root, dirname(file), path))
            .split(sep)
            .join('/'),
    );
}

const zoneOf = (path: string) => path.split('/')[0] ?? '';
const featureOf = (path: string) => (zoneOf(path) === 'features' ? (path.split('/')[1] ?? '') : null);

function forbidden(file: string, target: string): boolean {
  const from = featureOf(file);
  if (from !== null && featureOf(target) === from) return false;
  return !(ALLOWED[zoneOf(file)] ?? []).includes(zoneOf(target));
}

test('every folder imports only what it may, and no feature imports another', () => {
  const broken = sources().flatMap((file) =>
    importsOf(file)
      .filter((target) => forbidden(file, target))
      .map((target) => `${file} imports ${target}`),
  );
  expect(broken).toEqual([]);
});

test('the zones are watched: a feature that imports another one is found', () => {
  expect(forbidden('features/billing/InvoicePage.tsx', 'features/patients/PatientHeader')).toBe(true);
  expect(forbidden('features/billing/InvoicePage.tsx', 'features/billing/lines')).toBe(false);
  expect(forbidden('ui/DataTable.tsx', 'api/client')).toBe(true);
});
