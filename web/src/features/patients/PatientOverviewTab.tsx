import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { errorMessage } from '@/api/errors';
import { useCan } from '@/lib/permissions';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { useSlots } from '@/ui/slots';
import { AppointmentsCard } from './AppointmentsCard';
import { ContactsCard } from './ContactsCard';
import { PersonalDataCard } from './PersonalDataCard';
import classes from './patients.module.css';
import { headerQuery } from './queries';
import { TimelineCard } from './TimelineCard';

export default function PatientOverviewTab() {
  const { patientId } = useParams({ strict: false });
  const can = useCan();
  const { PatientRecalls } = useSlots();
  const id = patientId ?? '';
  const header = useQuery(headerQuery(id));
  if (!header.data) {
    if (!header.error) return <PageSkeleton />;
    return <ErrorState message={errorMessage(header.error)} onRetry={() => void header.refetch()} />;
  }
  return (
    <div className={classes.overview}>
      <div className={classes.column}>
        <PersonalDataCard patient={header.data.patient} />
        <ContactsCard patientId={id} />
      </div>
      <div className={classes.column}>
        {can('scheduling.read') && <AppointmentsCard patientId={id} />}
        {can('scheduling.read') && <PatientRecalls patientId={id} />}
        <TimelineCard patientId={id} />
      </div>
    </div>
  );
}
