import { Button, Select, Slider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import css from './charting.module.css';
import type { ChartDayShown } from './compare/ChartComparison';

interface ChartDateBarProps {
  /** Days with entries, oldest first. */
  days: readonly string[];
  asOf: string | null;
  onAsOf: (day: string | null) => void;
  since: string | null;
  onSince: (day: string | null) => void;
  changedCount: number;
  /** The day the chart is set against; undefined while it stands alone. */
  against: ChartDayShown | undefined;
  onAgainst: (day: ChartDayShown | undefined) => void;
}

const TODAY = 'today';

/** Any day's chart by a slider over the days with entries; what changed since another is marked, or both are shown. */
export function ChartDateBar(props: ChartDateBarProps) {
  const { days, asOf, onAsOf, since, onSince, changedCount, against, onAgainst } = props;
  const { t } = useTranslation('charting');
  const { date } = useFormat();
  const place = asOf === null ? days.length : days.indexOf(asOf);
  const dayAt = (index: number) => days[index] ?? null;
  const nameOf = (index: number) => {
    const day = dayAt(index);
    return day ? date(day) : t('asOf.today');
  };
  const newestFirst = [...days].reverse();
  const comparing = against !== undefined;
  return (
    <div className={css.dates}>
      <div className={css.dateSlider}>
        <span className={css.dateLabel} id="chart-as-of">
          {t('asOf.date')} <strong>{nameOf(place)}</strong>
        </span>
        <Slider
          min={0}
          max={days.length}
          step={1}
          value={place}
          onChange={(index) => onAsOf(dayAt(index))}
          label={nameOf}
          thumbProps={{ 'aria-labelledby': 'chart-as-of', 'aria-valuetext': nameOf(place) }}
          disabled={days.length === 0}
        />
      </div>
      {asOf !== null && (
        <Button variant="light" size="compact-sm" onClick={() => onAsOf(null)}>
          {t('asOf.back')}
        </Button>
      )}
      {!comparing && (
        <Select
          className={css.since}
          aria-label={t('asOf.since')}
          placeholder={t('asOf.since')}
          data={newestFirst.map((day) => ({ value: day, label: `${t('asOf.since')}: ${date(day)}` }))}
          value={since}
          onChange={onSince}
          clearable
          disabled={days.length === 0}
        />
      )}
      <Select
        className={css.since}
        aria-label={t('compare.with')}
        placeholder={`${t('compare.with')}…`}
        data={[
          ...(asOf === null ? [] : [{ value: TODAY, label: `${t('compare.with')}: ${t('asOf.today')}` }]),
          ...newestFirst
            .filter((day) => day !== asOf)
            .map((day) => ({ value: day, label: `${t('compare.with')}: ${date(day)}` })),
        ]}
        value={comparing ? (against ?? TODAY) : null}
        onChange={(value) => onAgainst(value === TODAY ? null : (value ?? undefined))}
        clearable
        disabled={days.length === 0}
      />
      {since && !comparing && (
        <span className={css.changedCount}>{t('asOf.changed', { count: changedCount })}</span>
      )}
    </div>
  );
}
