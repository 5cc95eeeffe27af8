import { Button, Select, Slider } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import css from './charting.module.css';

interface ChartDateBarProps {
  /** Days with entries, oldest first. */
  days: readonly string[];
  asOf: string | null;
  onAsOf: (day: string | null) => void;
  since: string | null;
  onSince: (day: string | null) => void;
  changedCount: number;
}

/** Any day's chart by a slider over the days with entries, and marks on what changed since one of them. */
export function ChartDateBar({ days, asOf, onAsOf, since, onSince, changedCount }: ChartDateBarProps) {
  const { t } = useTranslation('charting');
  const { date } = useFormat();
  const place = asOf === null ? days.length : days.indexOf(asOf);
  const dayAt = (index: number) => days[index] ?? null;
  const nameOf = (index: number) => {
    const day = dayAt(index);
    return day ? date(day) : t('asOf.today');
  };
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
      <Select
        className={css.since}
        aria-label={t('asOf.since')}
        placeholder={t('asOf.since')}
        data={[...days].reverse().map((day) => ({ value: day, label: `${t('asOf.since')}: ${date(day)}` }))}
        value={since}
        onChange={onSince}
        clearable
        disabled={days.length === 0}
      />
      {since && <span className={css.changedCount}>{t('asOf.changed', { count: changedCount })}</span>}
    </div>
  );
}
