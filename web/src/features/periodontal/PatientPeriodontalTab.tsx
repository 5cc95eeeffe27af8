import { useLocalStorage } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError, errorMessage } from '@/api/errors';
import { useList } from '@/api/list';
import type { PerioExamItem } from '@/api/types';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { ComparisonView } from './ComparisonView';
import { ExamListCard } from './ExamListCard';
import { ExamView, THRESHOLDS } from './ExamView';
import css from './periodontal.module.css';
import { examQuery } from './queries';
import { useSettled } from './savers';
import { type PerioWords, usePerioWords } from './usePerioWords';

/** A patient's periodontal exams: the list, one of them, or several side by side. */
export default function PatientPeriodontalTab() {
  const { patientId } = useParams({ from: '/shell/patients/$patientId/periodontal' });
  const { exam, compare } = useSearch({ from: '/shell/patients/$patientId/periodontal' });
  const words = usePerioWords();
  const settled = useSettled(patientId, exam);
  const list = useList<PerioExamItem>(
    ['perio', patientId, 'list'],
    `/patients/${patientId}/perio-exams`,
    {},
    settled,
  );
  const [threshold, setThreshold] = useLocalStorage<number>({
    key: 'dentpro.perioThreshold',
    defaultValue: 4,
    getInitialValueInEffect: false,
    deserialize: (stored) => THRESHOLDS.find((mm) => `${mm}` === stored) ?? 4,
  });
  const shown = exam ?? list.items?.find(({ status }) => status !== 'entered_in_error')?.id;
  return (
    <div className={css.page}>
      <ExamListCard patientId={patientId} list={list} shown={compare ? undefined : shown} words={words} />
      {compare ? (
        <ComparisonView patientId={patientId} exams={compare} words={words} threshold={threshold} />
      ) : (
        shown && (
          <LoadedExam
            key={shown}
            {...{ patientId, words, threshold }}
            id={shown}
            onThreshold={setThreshold}
          />
        )
      )}
    </div>
  );
}

interface LoadedExamProps {
  patientId: string;
  id: string;
  words: PerioWords;
  threshold: number;
  onThreshold: (threshold: number) => void;
}

function LoadedExam({ patientId, id, words, threshold, onThreshold }: LoadedExamProps) {
  const { t } = useTranslation('periodontal');
  const settled = useSettled(patientId, id);
  const query = useQuery({ ...examQuery(patientId, id), enabled: settled });
  if (query.error && !query.data) {
    return (
      <Card>
        <ErrorState
          title={t('failed')}
          message={errorMessage(query.error)}
          requestId={query.error instanceof ApiError ? query.error.requestId : null}
          onRetry={() => void query.refetch()}
        />
      </Card>
    );
  }
  if (!query.data) return <PageSkeleton />;
  return <ExamView exam={query.data} words={words} threshold={threshold} onThreshold={onThreshold} />;
}
