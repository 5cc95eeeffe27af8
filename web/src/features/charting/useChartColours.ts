import { useSession } from '@/api/session';
import type { ChartColours } from '@/api/types';
import css from './odontogram.module.css';

export const CHART_COLOURS: readonly ChartColours[] = ['existing_blue', 'disease_red', 'high_contrast'];

/** What makes an element and all in it wear a preset's colours. */
export function wearing(colours: ChartColours) {
  return { className: css.colours ?? '', 'data-chart-colours': colours };
}

/** The clinic's preset. */
export function useChartColours() {
  return useSession().clinic.chart_colours;
}
