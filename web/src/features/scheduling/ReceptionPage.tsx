import { IconArmchair2 } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { deskBranch } from './reception/deskBranch';
import { Reception } from './reception/Reception';
import { useBookSetup } from './useBookSetup';

/** Who is expected, waits, sits in a chair and has been seen today, in one branch. */
export default function ReceptionPage() {
  const { t } = useTranslation(['reception', 'scheduling']);
  const search = useSearch({ from: '/shell/reception' });
  const state = useBookSetup();
  if (state.kind === 'loading') return <PageSkeleton />;
  if (state.kind === 'failed') {
    return (
      <>
        <PageHeader title={t('title')} />
        <ErrorState
          title={t('scheduling:failed')}
          message={errorMessage(state.error)}
          requestId={isApiError(state.error) ? state.error.requestId : null}
          onRetry={state.retry}
        />
      </>
    );
  }
  const branch = deskBranch(state.value.branches, search.branch);
  if (!branch) {
    return (
      <>
        <PageHeader title={t('title')} />
        <EmptyState icon={<IconArmchair2 size={26} stroke={1.6} />} title={t('noBranch')} />
      </>
    );
  }
  return <Reception setup={state.value} setupFault={state.fault} branch={branch} />;
}
