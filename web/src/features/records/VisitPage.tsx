import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import type { Visit } from '@/api/types';
import { useCan } from '@/lib/permissions';
import type { Surface } from '@/lib/surfaces';
import { Card, PageBody } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { NotYourRole } from '@/ui/NotYourRole';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { useSlots } from '@/ui/slots';
import { AddendaCard } from './AddendaCard';
import { DiagnosesCard } from './DiagnosesCard';
import { NotesCard } from './NotesCard';
import { ProceduresCard } from './ProceduresCard';
import type { ChosenPlace } from './place';
import { visitQuery } from './queries';
import { useNotesDraft } from './useNotesDraft';
import { useVisitRights } from './useVisitRights';
import { VisitActions } from './VisitActions';
import { VisitHeading } from './VisitHeading';
import classes from './visit.module.css';

export default function VisitPage() {
  const { visitId } = useParams({ from: '/shell/visits/$visitId' });
  const visit = useQuery(visitQuery(visitId));
  if (visit.data) return <LoadedVisit key={visit.data.id} visit={visit.data} />;
  if (!visit.error) return <VisitSkeleton />;
  if (isApiError(visit.error) && visit.error.status === 403) {
    return <NotYourRole why={errorMessage(visit.error)} />;
  }
  return (
    <PageBody>
      <ErrorState
        message={errorMessage(visit.error)}
        requestId={isApiError(visit.error) ? visit.error.requestId : null}
        onRetry={() => void visit.refetch()}
      />
    </PageBody>
  );
}

function LoadedVisit({ visit }: { visit: Visit }) {
  const { PatientHeader, VisitChart, VisitPlan } = useSlots();
  const can = useCan();
  const rights = useVisitRights(visit);
  const note = useNotesDraft(visit, rights.writes);
  const [place, setPlace] = useState<ChosenPlace>({ teeth: [], surfaces: [] });
  const choose = useCallback((teeth: string[], surfaces: Surface[]) => setPlace({ teeth, surfaces }), []);
  return (
    <>
      <PatientHeader
        patientId={visit.patient_id}
        action={<VisitActions visit={visit} rights={rights} saveNote={note.save} />}
      />
      <VisitHeading visit={visit} note={note} writes={rights.writes} />
      <PageBody>
        <div className={classes.columns}>
          <div className={classes.column}>
            <NotesCard visit={visit} note={note} editable={rights.writes} />
            {visit.status !== 'draft' && <AddendaCard visit={visit} rights={rights} />}
          </div>
          <div className={classes.column}>
            <DiagnosesCard visit={visit} editable={rights.writes} place={place} />
            {can('planning.read') && visit.status === 'draft' && (
              <VisitPlan patientId={visit.patient_id} visitId={visit.id} readOnly={!rights.writes} />
            )}
            <ProceduresCard visit={visit} rights={rights} place={place} />
          </div>
        </div>
        {rights.charts && (
          <VisitChart
            patientId={visit.patient_id}
            visitId={visit.id}
            readOnly={!rights.writes}
            onSelect={choose}
          />
        )}
      </PageBody>
    </>
  );
}

function VisitSkeleton() {
  const { t } = useTranslation('common');
  return (
    <div className={classes.skeleton} role="status" aria-label={t('state.loading')}>
      <Skeleton height={86} />
      <div className={classes.columns}>
        <Card>
          <ListSkeleton rows={8} />
        </Card>
        <Card>
          <ListSkeleton rows={6} />
        </Card>
      </div>
    </div>
  );
}
