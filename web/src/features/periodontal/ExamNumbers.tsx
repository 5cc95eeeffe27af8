import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PerioSummary } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import css from './periodontal.module.css';

/** The numbers below an exam; percentages say of how many sites they are. */
export const ExamNumbers = memo(function ExamNumbers({ summary }: { summary: PerioSummary }) {
  const { t } = useTranslation('periodontal');
  const { number } = useFormat();
  const percent = (value: number | null | undefined) =>
    value == null ? '–' : t('numbers.percent', { value: number(value) });
  const mm = (value: number | null | undefined) =>
    value == null ? '–' : t('numbers.mm', { value: number(value) });
  const tiles = [
    [
      'measured',
      t('numbers.of', { part: number(summary.sites_measured), whole: number(summary.sites_expected) }),
    ],
    ['bleeding', percent(summary.bleeding_percent)],
    ['plaque', percent(summary.plaque_percent)],
    ['maxDepth', mm(summary.max_depth)],
    ['meanDepth', mm(summary.mean_depth)],
    ['maxCal', mm(summary.max_attachment)],
    ['pockets', number(summary.pocket_sites)],
    ['deep', number(summary.deep_sites)],
    ['suppuration', number(summary.suppuration_sites)],
    ['teeth', number(summary.teeth)],
    ...(summary.implants > 0 ? [['implants', number(summary.implants)] as const] : []),
  ] as const;
  return (
    <>
      <dl className={css.numbers}>
        {tiles.map(([name, value]) => (
          <div key={name} data-number={name}>
            <dt>{t(`numbers.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={css.hint}>{t('numbers.measuredHint', { count: summary.sites_measured })}</p>
    </>
  );
});
