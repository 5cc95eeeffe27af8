import { api } from '@/api/client';
import type { FreeSlot, List } from '@/api/types';

export interface OpeningSearch {
  typeId: string | null;
  minutes: number;
  doctorIds: readonly string[];
  chairFeature: string | null;
  branchId: string | null;
  /** 0 is Sunday; none is every day. */
  weekdays: readonly string[];
  after: string;
  before: string;
  from: string;
}

export function fetchOpenings(search: OpeningSearch, cursor: string | null, signal: AbortSignal) {
  return api.get<List<FreeSlot>>('/openings', {
    query: {
      type_id: search.typeId,
      minutes: search.minutes,
      doctor_id: search.doctorIds.join(','),
      chair_feature: search.chairFeature,
      branch_id: search.branchId,
      weekdays: search.weekdays.join(','),
      after: search.after,
      before: search.before,
      from: search.from,
      cursor,
    },
    signal,
  });
}
