import { expect, test } from 'vitest';
import type { Branch, Chair } from '@/api/types';
import { chairOptions, inBookOrder } from './places';

const nameOf = (thing: { name_en?: string | null }) => thing.name_en ?? '';
const named = (id: string) => ({ id, name_ar: '', name_en: id });
const branch = (id: string): Branch => ({ ...named(id), number_prefix: '', active: true, version: 1 });
const chair = (id: string, branch_id: string, position: number, active = true): Chair => ({
  ...named(id),
  branch_id,
  position,
  active,
  features: [],
  version: 1,
});
const branches = [branch('other'), branch('main')];
const chairs = [chair('main-2', 'main', 2), chair('other-1', 'other', 1), chair('main-1', 'main', 1)];

test('chairs stand branch by branch, each branch in its own order', () => {
  expect(inBookOrder(chairs, branches).map(({ id }) => id)).toEqual(['other-1', 'main-1', 'main-2']);
});

test('chairs of several branches are offered under the name of theirs', () => {
  expect(chairOptions(chairs, branches, nameOf, null)).toEqual([
    { group: 'other', items: [{ value: 'other-1', label: 'other-1' }] },
    {
      group: 'main',
      items: [
        { value: 'main-2', label: 'main-2' },
        { value: 'main-1', label: 'main-1' },
      ],
    },
  ]);
});

test('a closed chair is offered only where it was chosen', () => {
  const closed = [chair('old', 'main', 1, false)];
  expect(chairOptions(closed, [branch('main')], nameOf, null)).toEqual([]);
  expect(chairOptions(closed, [branch('main')], nameOf, 'old')).toEqual([{ value: 'old', label: 'old' }]);
});
