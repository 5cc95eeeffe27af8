import type { Worklist } from '@/api/types';

/** In the order in which a morning goes through them. */
export const WORKLISTS: readonly Worklist[] = [
  'unconfirmed',
  'broken',
  'unscheduled',
  'asap',
  'planned',
  'recall_due',
];
