import type { AuditEntry } from '@/api/types';

export interface Difference {
  field: string;
  before: string | null;
  after: string | null;
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

function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object')) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What differs, field by field; empty on both sides says nothing. */
export function differences(before: Side, after: Side): Difference[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  return names
    .filter((field) => !INTERNAL.has(field))
    .map((field) => ({ field, before: shown(before?.[field]), after: shown(after?.[field]) }))
    .filter((one) => one.before !== one.after);
}
