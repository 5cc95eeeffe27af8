import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Branch, Chair, Clinic, Staff } from '@/api/types';
import { type Loaded, loaded } from './loaded';
import { inBookOrder } from './places';
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
      chairs: inBookOrder(chairs.data, branches.data),
      doctors: doctors.data,
    };
  }, [clinic.data, branches.data, chairs.data, doctors.data]);
  return loaded(results, setup);
}
