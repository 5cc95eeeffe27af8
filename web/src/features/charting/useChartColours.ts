import { useQueryClient } from '@tanstack/react-query';
import { sessionQuery } from '@/api/session';
import type { ChartColours } from '@/api/types';
import css from './odontogram.module.css';

export const CHART_COLOURS: readonly ChartColours[] = ['existing_blue', 'disease_red', 'high_contrast'];

/** What makes an element and all in it wear a preset's colours. */
export function wearing(colours: ChartColours) {
  return { className: css.colours ?? '', 'data-chart-colours': colours };
}

/** The clinic's preset; a patient who follows a link has no session, and sees the usual one. */
export function useChartColours(): ChartColours {
  return useQueryClient().getQueryData(sessionQuery.queryKey)?.clinic.chart_colours ?? 'existing_blue';
}
