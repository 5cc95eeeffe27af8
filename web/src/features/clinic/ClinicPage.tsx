import { Alert } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { ClinicForm } from './ClinicForm';
import { LogoCard } from './LogoCard';
import { clinicQuery } from './queries';

export default function ClinicPage() {
  const { t } = useTranslation('clinic');
  const can = useCan();
  const clinic = useQuery(clinicQuery);
  if (clinic.data) {
    const editable = can('clinic.write');
    return (
      <>
        {!editable && <Alert variant="light">{t('clinic.readOnly')}</Alert>}
        <ClinicForm clinic={clinic.data} editable={editable} />
        {editable && <LogoCard clinic={clinic.data} />}
      </>
    );
  }
  if (!clinic.error) return <PageSkeleton />;
  return (
    <Card>
      <ErrorState message={errorMessage(clinic.error)} onRetry={() => void clinic.refetch()} />
    </Card>
  );
}
