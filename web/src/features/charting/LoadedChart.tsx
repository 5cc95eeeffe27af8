import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { ApiError, errorMessage } from '@/api/errors';
import type { PatientHeader } from '@/api/types';
import type { Surface } from '@/lib/surfaces';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { useMayChart } from './ChartEditor';
import css from './charting.module.css';
import { useNumbering } from './chartOptions';
import { chartEventsQuery, chartQuery, vocabularyQuery } from './chartQueries';
import { PatientChart } from './PatientChart';

export interface LoadedChartProps {
  patientId: string;
  /** Read from the patient when the page does not know it. */
  birthDate?: string | null | undefined;
  /** What is recorded here belongs to this visit. */
  visitId?: string | undefined;
  readOnly?: boolean | undefined;
  onSelect?: ((teeth: string[], surfaces: Surface[]) => void) | undefined;
}

/** A patient's dental chart. A chart that could not be loaded is an error, never a healthy mouth. */
export function LoadedChart(props: LoadedChartProps) {
  const { patientId } = props;
  const { t } = useTranslation('charting');
  const may = useMayChart();
  const [asOf, setAsOf] = useState<string | null>(null);
  const [numbering, setNumbering] = useNumbering();
  const patient = useQuery({
    queryKey: ['patients', patientId, 'header'],
    queryFn: ({ signal }) => api.get<PatientHeader>(`/patients/${patientId}/header`, { signal }),
    enabled: props.birthDate === undefined,
  });
  const vocabulary = useQuery(vocabularyQuery);
  const chart = useQuery({
    ...chartQuery(patientId, asOf),
    // Another day of this mouth may show the last one meanwhile; another patient never.
    placeholderData: (previous, query) => (query?.queryKey[1] === patientId ? previous : undefined),
  });
  const events = useQuery(chartEventsQuery(patientId));

  const queries = [chart, events, vocabulary];
  const failed = queries.find((query) => query.isError);
  const retry = () => {
    for (const query of queries) if (query.isError) void query.refetch();
  };
  if (failed && queries.some((query) => query.isError && query.data === undefined)) {
    return (
      <Card>
        <ErrorState
          title={t('failed')}
          message={errorMessage(failed.error)}
          requestId={failed.error instanceof ApiError ? failed.error.requestId : null}
          onRetry={retry}
        />
      </Card>
    );
  }
  if (
    !chart.data ||
    !events.data ||
    !vocabulary.data ||
    (props.birthDate === undefined && patient.isPending)
  ) {
    return <ChartSkeleton label={t('loading')} />;
  }
  return (
    <PatientChart
      key={patientId}
      patientId={patientId}
      birthDate={props.birthDate ?? patient.data?.patient.birth_date ?? null}
      visitId={props.visitId}
      onSelect={props.onSelect}
      editable={!props.readOnly && (may.finding || may.plan || may.done)}
      chart={chart.data}
      events={events.data}
      terms={vocabulary.data}
      numbering={numbering}
      onNumbering={setNumbering}
      asOf={asOf}
      onAsOf={setAsOf}
      loading={chart.isPlaceholderData}
      onRetry={failed ? retry : null}
    />
  );
}

function ChartSkeleton({ label }: { label: string }) {
  return (
    <Card>
      <div className={css.editor} role="status" aria-label={label}>
        <Skeleton height={22} width="min(320px, 60%)" />
        <Skeleton height={180} radius="lg" />
        <Skeleton height={64} />
        <Skeleton height={64} />
        <Skeleton height={180} radius="lg" />
      </div>
    </Card>
  );
}
