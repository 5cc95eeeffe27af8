import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { errorMessage } from '@/api/errors';
import type { HistoryKind } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { ErrorState } from '@/ui/ErrorState';
import { NotYourRole } from '@/ui/NotYourRole';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { HistorySection } from './HistorySection';
import { linesOf } from './historyLines';
import { LifestyleCard } from './LifestyleCard';
import classes from './patients.module.css';
import { headerQuery, historyQuery } from './queries';

const HistoryEntryDialog = lazy(() => import('./HistoryEntryDialog'));

const KINDS: readonly HistoryKind[] = ['allergies', 'conditions', 'medications'];

export default function PatientHistoryTab() {
  const can = useCan();
  if (!can('patients.read_history')) {
    return <NotYourRole />;
  }
  return <History />;
}

function History() {
  const { patientId } = useParams({ strict: false });
  const id = patientId ?? '';
  const header = useQuery(headerQuery(id));
  const history = useQuery(historyQuery(id));
  const [adding, setAdding] = useState<HistoryKind | null>(null);
  if (!history.data || !header.data) {
    const failed = history.data ? header : history;
    if (!failed.error) return <PageSkeleton />;
    return <ErrorState message={errorMessage(failed.error)} onRetry={() => void failed.refetch()} />;
  }
  const { data } = history;
  const statuses = {
    allergies: data.allergy_status,
    conditions: data.condition_status,
    medications: data.medication_status,
  };
  return (
    <div className={classes.history}>
      <div className={classes.column}>
        {KINDS.map((kind) => (
          <HistorySection
            key={kind}
            kind={kind}
            patientId={id}
            status={statuses[kind]}
            lines={linesOf(kind, data)}
            onAdd={() => setAdding(kind)}
          />
        ))}
      </div>
      <div className={classes.column}>
        <LifestyleCard key={id} patient={header.data.patient} history={data} />
      </div>
      {adding && (
        <Suspense fallback={null}>
          <HistoryEntryDialog patientId={id} kind={adding} onClose={() => setAdding(null)} />
        </Suspense>
      )}
    </div>
  );
}
