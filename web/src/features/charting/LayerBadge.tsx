import type { ChartState } from '@/api/types';
import css from './charting.module.css';
import { paintOf } from './model/toothPicture';
import type { ChartWords } from './useChartWords';

/** The layer of a state by colour, edge and word. */
export function LayerBadge({
  state,
  words,
}: {
  state: Pick<ChartState, 'layer' | 'code'>;
  words: ChartWords;
}) {
  return (
    <span className={css.layer} data-paint={paintOf(state)}>
      {words.layer(state.layer)}
    </span>
  );
}
