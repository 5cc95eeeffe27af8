import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiError, errorMessage } from '@/api/errors';
import type { Chart } from '@/api/types';
import type { Dentition, Extent } from '@/lib/anatomy/archLayout';
import type { Numbering } from '@/lib/anatomy/numbering';
import { useFormat } from '@/lib/format-context';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { ageInYears } from '../chartAge';
import { chartQuery } from '../chartQueries';
import { chartDiff, marksOf } from '../model/chartDiff';
import { Odontogram } from '../Odontogram';
import type { ChartWords } from '../useChartWords';
import { ChangeList } from './ChangeList';
import css from './compare.module.css';

/** A day of the chart; null is today. */
export type ChartDayShown = string | null;

export function isEarlier(day: ChartDayShown, other: ChartDayShown): boolean {
  if (day === null) return false;
  return other === null || day < other;
}

interface ChartComparisonProps {
  patientId: string;
  birthDate: string | null;
  /** The chart that is open, and its day. */
  chart: Chart;
  day: ChartDayShown;
  /** The day it is set against. */
  against: ChartDayShown;
  /** Only the list in words. */
  listOnly: boolean;
  dentition: Dentition;
  extent: Extent;
  onExtentChange: (extent: Extent) => void;
  words: ChartWords;
  numbering: Numbering;
}

/** The mouth on two days, the earlier first: what differs is marked in both and told in words. */
export function ChartComparison(props: ChartComparisonProps) {
  const { chart, day, against, words } = props;
  const { t } = useTranslation('charting');
  const { date, today } = useFormat();
  const other = useQuery(chartQuery(props.patientId, against));
  if (other.isError && !other.data) {
    return (
      <ErrorState
        title={t('failed')}
        message={errorMessage(other.error)}
        requestId={other.error instanceof ApiError ? other.error.requestId : null}
        onRetry={() => void other.refetch()}
      />
    );
  }
  if (!other.data) return <ListSkeleton rows={6} />;

  const open = { chart, day };
  const set = { chart: other.data, day: against };
  const [earlier, later] = isEarlier(day, against) ? [open, set] : [set, open];
  const changes = chartDiff(earlier.chart, later.chart);
  const marks = marksOf(changes);
  const nameOf = (value: ChartDayShown) => (value === null ? t('asOf.today') : date(value, 'long'));
  return (
    <section aria-label={t('compare.title')}>
      {!props.listOnly && (
        <div className={css.mouths}>
          {[earlier, later].map((side) => (
            <figure key={side.day ?? 'today'} className={css.mouth}>
              <figcaption className={css.day}>{nameOf(side.day)}</figcaption>
              <Odontogram
                chart={side.chart}
                dentition={props.dentition}
                label={t('compare.mouth', { date: nameOf(side.day) })}
                words={words}
                numbering={props.numbering}
                extent={props.extent}
                onExtentChange={props.onExtentChange}
                marks={marks}
                ageYears={ageInYears(props.birthDate, side.day ?? today())}
              />
            </figure>
          ))}
        </div>
      )}
      <ChangeList
        changes={changes}
        words={words}
        from={nameOf(earlier.day)}
        to={later.day === null ? t('compare.today') : nameOf(later.day)}
      />
    </section>
  );
}
