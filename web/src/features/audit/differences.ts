import type { AuditEntry } from '@/api/types';

export interface Difference {
  field: string;
  before: unknown;
  after: unknown;
}

type Side = AuditEntry['before'];

/** Columns that only the database cares about. */
const INTERNAL = new Set([
  'id',
  'clinic_id',
  'version',
  'created_at',
  'updated_at',
  'updated_by',
  'created_by',
]);

export const isInternal = (column: string) => INTERNAL.has(column);

/** Nothing to a reader: null, no text, no entries. */
export const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

const same = (one: unknown, other: unknown) =>
  isEmpty(one) ? isEmpty(other) : JSON.stringify(one) === JSON.stringify(other);

/** What differs, field by field; empty on both sides says nothing. */
export function differences(before: Side, after: Side): Difference[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .filter((field) => !INTERNAL.has(field))
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }))
    .filter((one) => !same(one.before, one.after));
}
