import type { Named } from '@/api/types';
import type { NameOf } from '../places';
import type { BookSetup } from '../useBookSetup';
import { placeValue } from './blockForm';

interface PlaceWords {
  chairs: string;
  doctors: string;
  branches: string;
}

/** Everybody and everything whose time can be taken; of several branches a chair says which it stands in. */
export function placeOptions(
  { chairs, doctors, branches }: Pick<BookSetup, 'chairs' | 'doctors' | 'branches'>,
  { nameOf, words, chosen }: { nameOf: NameOf; words: PlaceWords; chosen: string },
) {
  const several = branches.filter(({ active }) => active).length > 1;
  const offered = <T extends Named & { id: string; active: boolean }>(
    list: readonly T[],
    key: 'chair_id' | 'doctor_id' | 'branch_id',
    labelOf: (one: T) => string,
  ) =>
    list
      .map((one) => ({ value: placeValue({ [key]: one.id }), label: labelOf(one), active: one.active }))
      .filter(({ value, active }) => active || value === chosen)
      .map(({ value, label }) => ({ value, label }));
  return [
    {
      group: words.chairs,
      items: offered(chairs, 'chair_id', (chair) => {
        const branch = several ? nameOf(branches.find(({ id }) => id === chair.branch_id) ?? {}) : '';
        return branch ? `${nameOf(chair)} · ${branch}` : nameOf(chair);
      }),
    },
    { group: words.doctors, items: offered(doctors, 'doctor_id', nameOf) },
    { group: words.branches, items: offered(branches, 'branch_id', nameOf) },
  ].filter(({ items }) => items.length > 0);
}
