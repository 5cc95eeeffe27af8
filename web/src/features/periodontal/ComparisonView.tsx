import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, errorMessage } from '@/api/errors';
import type { ComparedSite, PerioComparison } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { DateText } from '@/ui/texts';
import { STRIPS, type Strip, sitesOf, teethOf } from './model/sites';
import css from './periodontal.module.css';
import { comparisonQuery } from './queries';
import { Scroll } from './Scroll';
import type { PerioWords } from './usePerioWords';

type Value = 'depth' | 'cal';

interface ComparisonViewProps {
  patientId: string;
  exams: string;
  words: PerioWords;
  threshold: number;
}

/** Exams side by side, oldest first, with what changed from each to the next. */
export function ComparisonView({ patientId, exams, words, threshold }: ComparisonViewProps) {
  const { t } = useTranslation('periodontal');
  const [value, setValue] = useState<Value>('depth');
  const query = useQuery(comparisonQuery(patientId, exams));
  if (query.error && !query.data) {
    return (
      <Card>
        <ErrorState
          message={errorMessage(query.error)}
          requestId={query.error instanceof ApiError ? query.error.requestId : null}
          onRetry={() => void query.refetch()}
        />
      </Card>
    );
  }
  if (!query.data) return <PageSkeleton />;
  const comparison = query.data;
  return (
    <Card
      title={t('compare.title')}
      actions={
        <Button
          variant="default"
          size="xs"
          renderRoot={(props) => (
            <Link to="/patients/$patientId/periodontal" params={{ patientId }} search={{}} {...props} />
          )}
        >
          {t('compare.back')}
        </Button>
      }
    >
      <div className={css.stack}>
        <Totals comparison={comparison} />
        <div className={css.toolbar}>
          <SegmentedControl
            size="xs"
            aria-label={t('compare.value')}
            value={value}
            onChange={(next) => setValue(next as Value)}
            data={(['depth', 'cal'] as const).map((one) => ({ value: one, label: t(`compare.${one}`) }))}
          />
          <span className={css.hint}>{t('compare.legend')}</span>
        </div>
        <div className={css.sides} dir="ltr" aria-hidden="true">
          <span dir="auto">{t('side.right')}</span>
          <span dir="auto">{t('side.left')}</span>
        </div>
        {STRIPS.map((strip) => (
          <StripTable key={strip} {...{ strip, comparison, value, words, threshold }} />
        ))}
      </div>
    </Card>
  );
}

function Totals({ comparison }: { comparison: PerioComparison }) {
  const { t } = useTranslation('periodontal');
  const { number } = useFormat();
  const percent = (value: number | null | undefined) =>
    value == null ? '–' : t('numbers.percent', { value: number(value) });
  const change = (value: number | null | undefined) => (value == null ? '–' : signed(value, number));
  return (
    <Scroll label={t('compare.title')}>
      <table className={css.list}>
        <thead>
          <tr>
            <th scope="col">{t('compare.exam')}</th>
            <th scope="col">{t('numbers.measured')}</th>
            <th scope="col">{t('numbers.bleeding')}</th>
            <th scope="col">{t('numbers.plaque')}</th>
            <th scope="col">{t('numbers.meanDepth')}</th>
            <th scope="col">{t('numbers.pockets')}</th>
            <th scope="col">{t('compare.depthChange')}</th>
            <th scope="col">{t('compare.calChange')}</th>
            <th scope="col">{t('compare.sites')}</th>
          </tr>
        </thead>
        <tbody>
          {comparison.exams.map((exam, index) => {
            const { summary } = exam;
            const by = comparison.changes[index - 1];
            return (
              <tr key={exam.id}>
                <th scope="row">
                  <DateText value={exam.on} />
                </th>
                <td>{number(summary.sites_measured)}</td>
                <td>{percent(summary.bleeding_percent)}</td>
                <td>{percent(summary.plaque_percent)}</td>
                <td>{summary.mean_depth == null ? '–' : number(summary.mean_depth)}</td>
                <td>{number(summary.pocket_sites)}</td>
                <td>{by ? change(by.mean_depth_change) : '–'}</td>
                <td>{by ? change(by.mean_cal_change) : '–'}</td>
                <td>
                  {by
                    ? t('compare.counts', {
                        better: number(by.shallower_sites),
                        worse: number(by.deeper_sites),
                        all: number(by.sites_compared),
                      })
                    : '–'}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scroll>
  );
}

function signed(value: number, number: (value: number) => string) {
  if (value === 0) return number(0);
  return value > 0 ? `+${number(value)}` : `−${number(-value)}`;
}

interface StripTableProps {
  strip: Strip;
  comparison: PerioComparison;
  value: Value;
  words: PerioWords;
  threshold: number;
}

function StripTable({ strip, comparison, value, words, threshold }: StripTableProps) {
  const codes = teethOf(strip).filter((code) => comparison.teeth[code]);
  if (codes.length === 0) return null;
  return (
    <Scroll label={words.strip(strip)} dir="ltr">
      <table className={css.compared}>
        <caption dir="auto">{words.strip(strip)}</caption>
        <thead>
          <tr>
            <td />
            {codes.map((code) => (
              <th key={code} scope="col">
                {code}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {comparison.exams.map((exam, index) => (
            <tr key={exam.id}>
              <th scope="row" dir="auto">
                <DateText value={exam.on} />
              </th>
              {codes.map((code) => (
                <td key={code}>
                  <span className={css.triplet}>
                    {sitesOf(code, strip).map((site) => (
                      <ComparedNumber
                        key={site}
                        site={comparison.teeth[code]?.[site]?.[index]}
                        value={value}
                        threshold={threshold}
                      />
                    ))}
                  </span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function ComparedNumber(props: { site: ComparedSite | undefined; value: Value; threshold: number }) {
  const { site, value, threshold } = props;
  const { t } = useTranslation('periodontal');
  const shown = site?.[value];
  if (!site || shown == null) return <span className={css.quiet}>·</span>;
  const by = value === 'depth' ? site.depth_change : site.cal_change;
  const real = by != null && Math.abs(by) >= 2;
  const trend = !real ? undefined : by > 0 ? 'worse' : 'better';
  return (
    <span
      className={css.number}
      data-deep={(value === 'depth' && shown >= threshold) || undefined}
      data-trend={trend}
    >
      {shown < 0 ? `−${-shown}` : shown}
      {trend && (
        <span className={css.trend}>
          {trend === 'worse' ? '▲' : '▼'}
          <span className={css.srOnly}>{t(`compare.${trend}`)}</span>
        </span>
      )}
    </span>
  );
}
