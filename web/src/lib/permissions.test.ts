import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PERMISSIONS } from './permissions';

const document = JSON.parse(
  readFileSync(new URL('../../../crates/server/openapi.json', import.meta.url), 'utf8'),
) as { paths: Record<string, Record<string, { 'x-permission'?: string }>> };

test('every permission that an operation asks for is known here', () => {
  const asked = Object.values(document.paths)
    .flatMap((path) => Object.values(path))
    .flatMap((operation) => operation['x-permission'] ?? [])
    .filter((permission) => permission !== 'public' && permission !== 'signed_in');
  expect(asked).toContain('billing.refund');
  expect(asked.filter((permission) => !PERMISSIONS.some((known) => known === permission))).toEqual([]);
});
