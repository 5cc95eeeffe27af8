import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Branch, Chair, Clinic, Staff } from '@/api/types';
import { type Loaded, loaded } from './loaded';
import { branchesQuery, chairsQuery, clinicQuery, doctorsQuery } from './queries';

/** What every view of the book rests on. */
export interface BookSetup {
  clinic: Clinic;
  branches: readonly Branch[];
  /** In the order of the book. */
  chairs: readonly Chair[];
  doctors: readonly Staff[];
}

export function useBookSetup(): Loaded<BookSetup> {
  const results = useQueries({ queries: [clinicQuery, branchesQuery, chairsQuery, doctorsQuery] });
  const [clinic, branches, chairs, doctors] = results;
  const setup = useMemo<BookSetup | null>(() => {
    if (!clinic.data || !branches.data || !chairs.data || !doctors.data) return null;
    return {
      clinic: clinic.data,
      branches: branches.data,
      chairs: inOrder(chairs.data, branches.data),
      doctors: doctors.data,
    };
  }, [clinic.data, branches.data, chairs.data, doctors.data]);
  return loaded(results, setup);
}

/** Branch by branch, so that a branch's chairs stand together. */
function inOrder(chairs: readonly Chair[], branches: readonly Branch[]): Chair[] {
  const order = new Map(branches.map(({ id }, index) => [id, index]));
  const branchOf = (chair: Chair) => order.get(chair.branch_id) ?? branches.length;
  return [...chairs].sort((a, b) => branchOf(a) - branchOf(b) || a.position - b.position);
}
