import { useTranslation } from 'react-i18next';
import type { Chart, ChartState } from '@/api/types';
import { PERMANENT_TEETH, PRIMARY_TEETH, type ToothCode } from '@/lib/teeth';
import { EmptyState } from '@/ui/EmptyState';
import { Code, DateText } from '@/ui/texts';
import css from './charting.module.css';
import { LayerBadge } from './LayerBadge';
import { Note } from './Note';
import type { ChartWords } from './useChartWords';

interface ChartListProps {
  chart: Chart;
  words: ChartWords;
}

/** Teeth with something recorded, in the order of their numbers. */
export function recordedTeeth(chart: Chart): ToothCode[] {
  return [...PERMANENT_TEETH, ...PRIMARY_TEETH]
    .filter((code) => (chart.teeth[code]?.states.length ?? 0) > 0)
    .sort();
}

/** The chart as text: the same facts as the picture, for screen readers and for paper. */
export function ChartList({ chart, words }: ChartListProps) {
  const { t } = useTranslation('charting');
  const teeth = recordedTeeth(chart);
  const { mouth } = chart;
  if (teeth.length === 0 && mouth.length === 0) {
    return <EmptyState title={t('list.empty')} hint={t('list.emptyHint')} />;
  }
  return (
    <table className={css.list}>
      <thead>
        <tr>
          <th scope="col">{t('list.tooth')}</th>
          <th scope="col">{t('list.state')}</th>
        </tr>
      </thead>
      <tbody>
        {mouth.length > 0 && (
          <tr>
            <th scope="row">{t('chart.mouth')}</th>
            <td>
              <States states={mouth} tooth="" words={words} />
            </td>
          </tr>
        )}
        {teeth.map((code) => (
          <tr key={code}>
            <th scope="row">
              <strong>
                <Code>{words.label(code)}</Code>
              </strong>{' '}
              <span className={css.toothName}>{words.toothName(code)}</span>
            </th>
            <td>
              <States states={chart.teeth[code]?.states ?? []} tooth={code} words={words} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function States({
  states,
  tooth,
  words,
}: {
  states: readonly ChartState[];
  tooth: ToothCode;
  words: ChartWords;
}) {
  return (
    <ul className={css.states}>
      {states.map((state) => (
        <li key={`${state.event_id}${state.code}`}>
          <LayerBadge state={state} words={words} />
          <span>{words.state(state, tooth)}</span>
          {state.note && <Note text={state.note} />}
          <span className={css.when}>
            <DateText value={state.on} />
          </span>
        </li>
      ))}
    </ul>
  );
}
