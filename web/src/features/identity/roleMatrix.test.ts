import { expect, test } from 'vitest';
import type { Role } from '@/api/types';
import { cellOf, changeCount, permissionsWith, withCell } from './roleMatrix';

const doctor: Role = {
  id: 'd',
  code: 'doctor',
  name_ar: 'طبيب',
  name_en: 'Doctor',
  built_in: true,
  permissions: [
    { code: 'records.read', scope: 'own' },
    { code: 'billing.read', scope: 'all' },
  ],
  staff_count: 1,
  version: 1,
};

test('a change shows in its cell and goes into the set that is sent', () => {
  let changes = withCell({}, doctor, 'records.read', 'all');
  changes = withCell(changes, doctor, 'billing.read', 'none');
  expect(cellOf(doctor, 'records.read', changes)).toBe('all');
  expect(permissionsWith(doctor, changes)).toEqual([{ code: 'records.read', scope: 'all' }]);
  expect(changeCount(changes)).toBe(2);
});

test('choosing what is saved takes the change back', () => {
  const changes = withCell({}, doctor, 'records.read', 'all');
  expect(withCell(changes, doctor, 'records.read', 'own')).toEqual({});
});

test('changes stay on top of what somebody else saved meanwhile', () => {
  const changes = withCell({}, doctor, 'records.read', 'all');
  const newer: Role = { ...doctor, version: 2, permissions: [{ code: 'audit.read', scope: 'all' }] };
  expect(permissionsWith(newer, changes)).toEqual([
    { code: 'audit.read', scope: 'all' },
    { code: 'records.read', scope: 'all' },
  ]);
});
