import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isInternal } from './differences';
import { VALUE_WORDS, valueKeys } from './valueWords';

type Words = { [key: string]: string | Words };

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const sql = readdirSync(join(root, 'migrations'))
  .sort()
  .map((file) => readFileSync(join(root, 'migrations', file), 'utf8').replace(/--.*/g, ''))
  .join('\n');

/** Every audited table with its columns, without those that are never written to the log. */
function auditedColumns(): Map<string, string[]> {
  const columns = new Map<string, string[]>();
  for (const [, table = '', body = ''] of sql.matchAll(/create table (\w+) \(\n([\s\S]*?)\n\)[^;\n]*;/g)) {
    columns.set(
      table,
      [...body.matchAll(/^ {4}(?!constraint|primary|unique|foreign|check|exclude)(\w+) /gm)].map(
        ([, name = '']) => name,
      ),
    );
  }
  for (const [, table = '', body = ''] of sql.matchAll(/alter table (\w+)([\s\S]*?);/g)) {
    for (const [, name = ''] of body.matchAll(/add column (?:if not exists )?(\w+)/g))
      columns.get(table)?.push(name);
    for (const [, name = ''] of body.matchAll(/drop column (?:if exists )?(\w+)/g)) {
      columns.set(
        table,
        (columns.get(table) ?? []).filter((one) => one !== name),
      );
    }
  }
  const hidden = new Map<string, string[]>();
  for (const [, table = '', more = ''] of sql.matchAll(/call protect_table\('(\w+)'(.*?)\);/g)) {
    if (!more.includes('p_audit => false')) hidden.set(table, /\{(.*?)\}/.exec(more)?.[1]?.split(',') ?? []);
  }
  for (const [, table = '', names = ''] of sql.matchAll(/audit_row\('(\w+)', '\w+', '\{(.*?)\}'\)/g)) {
    hidden.set(table, names.split(','));
  }
  return new Map(
    [...hidden].map(([table, names]) => [
      table,
      (columns.get(table) ?? []).filter((name) => !names.includes(name) && !isInternal(name)),
    ]),
  );
}

/** The codes that the database allows in a column: `check (status in ('draft', 'signed'))`, `features <@ array[…]`. */
function codes(): [table: string, column: string, code: string][] {
  const found: [string, string, string][] = [];
  const parts = [
    ...sql.matchAll(/create table (\w+) \(\n([\s\S]*?)\n\)[^;\n]*;/g),
    ...sql.matchAll(/alter table (\w+)([\s\S]*?);/g),
  ];
  for (const [, table = '', body = ''] of parts) {
    for (const [, column = '', list = ''] of body.matchAll(
      /\(\s*(\w+) (?:in \(|<@ array\[)\s*('[^)\]]*?')\s*[)\]]/g,
    )) {
      for (const [, code = ''] of list.matchAll(/'(\w+)'/g)) found.push([table, column, code]);
    }
  }
  return found;
}

/** What the server writes by itself, besides what a row tells by its trigger. */
function writtenActs(folder = join(root, 'crates/server/src')): [action: string, thing: string][] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return writtenActs(path);
    if (!path.endsWith('.rs')) return [];
    const text = readFileSync(path, 'utf8');
    const acts = [...text.matchAll(/\.audit\(\s*"(\w+)",\s*"(\w+)"/g)];
    const accounts = [...text.matchAll(/log_act\([^"]*"(\w+)"/g)];
    return [
      ...acts.map(([, act = '', thing = '']): [string, string] => [act, thing]),
      ...accounts.map(([, act = '']): [string, string] => [act, 'account']),
    ];
  });
}

const audited = auditedColumns();

test('the tables are found', () => {
  expect(audited.size).toBeGreaterThan(50);
  expect(audited.get('patient')).toContain('birth_date');
  expect(audited.get('patient')).not.toContain('search');
  expect(codes().length).toBeGreaterThan(100);
});

/** Raw on purpose: the method of a request, Roman and Latin letters that doctors say as they are. */
const AS_IT_IS = new Set([
  'message_provider.method',
  'perio_exam.stage',
  'perio_exam.grade',
  'perio_site.site',
]);

test.each(['en', 'ar'])('%s: everything in the log has words', (locale) => {
  const files = new Map(
    VALUE_WORDS.map((name) => [
      name as string,
      JSON.parse(readFileSync(join(root, `web/src/i18n/${locale}/${name}.json`), 'utf8')) as Words,
    ]),
  );
  const has = (key: string) => {
    const [file = '', path = ''] = key.split(':');
    const end = path
      .split('.')
      .reduce<string | Words | undefined>(
        (at, step) => (typeof at === 'object' ? at[step] : undefined),
        files.get(file),
      );
    return typeof end === 'string';
  };
  const missing = new Set<string>();
  for (const [table, columns] of audited) {
    if (!has(`audit:thing.${table}`)) missing.add(table);
    for (const column of columns) if (!has(`audit:column.${column}`)) missing.add(`${table}.${column}`);
  }
  for (const [act, thing] of writtenActs()) {
    if (!has(`audit:act.${act}`)) missing.add(act);
    if (!has(`audit:thing.${thing}`)) missing.add(thing);
  }
  for (const [table, column, code] of codes()) {
    if (!audited.has(table) || AS_IT_IS.has(`${table}.${column}`)) continue;
    if (!valueKeys(table, column, code).some(has)) missing.add(`${table}.${column}: ${code}`);
  }
  expect([...missing]).toEqual([]);
});
