import type { Surface } from '@/lib/surfaces';

/** What is chosen on the chart, for the next diagnosis or procedure. */
export interface ChosenPlace {
  teeth: string[];
  surfaces: Surface[];
}
