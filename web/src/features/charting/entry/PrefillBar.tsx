import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Chart } from '@/api/types';
import css from '../charting.module.css';
import { prefillEvents, prefills } from '../model/prefill';
import type { ChartEntry } from './useChartEntry';

/** One click for what is true of most new patients, as long as nothing else is recorded. */
export function PrefillBar(props: { entry: ChartEntry; chart: Chart; ageYears: number | null }) {
  const { entry, chart, ageYears } = props;
  const { t } = useTranslation('charting');
  const offered = prefills(chart);
  if (offered.length === 0) return null;
  return (
    <div className={css.prefill}>
      <span>{t('prefill.title')}</span>
      {offered.map((prefill) => (
        <Button
          key={prefill}
          size="compact-sm"
          variant="default"
          disabled={entry.busy}
          onClick={() =>
            void entry.recordAll(prefillEvents(prefill, chart, ageYears), t(`prefill.${prefill}`))
          }
        >
          {t(`prefill.${prefill}`)}
        </Button>
      ))}
    </div>
  );
}
