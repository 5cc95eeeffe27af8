import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import classes from './clinic.module.css';
import { branchesQuery, doctorsQuery, type WeekOwner, weekQuery } from './queries';
import { WeekEditor } from './WeekEditor';

export default function HoursPage() {
  const { t } = useTranslation('clinic');
  const { name } = useFormat();
  const branches = useQuery(branchesQuery);
  const doctors = useQuery(doctorsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const failed = [branches, doctors].filter(({ error }) => error);
  const first = branches.data?.[0];
  const ownerId = chosen ?? first?.id;
  const owner = doctors.data?.some(({ id }) => id === ownerId) ? 'staff' : 'branch';
  const options = (items: { id: string; name_ar: string | null; name_en: string | null }[] | undefined) =>
    (items ?? []).map((one) => ({ value: one.id, label: name(one) }));
  return (
    <Card title={t('hours.title')}>
      {failed.length > 0 ? (
        <ErrorState
          message={errorMessage(failed[0]?.error)}
          onRetry={() => failed.forEach((one) => void one.refetch())}
        />
      ) : !branches.data || !doctors.data ? (
        <ListSkeleton rows={7} />
      ) : !ownerId ? (
        <EmptyState title={t('hours.empty')} />
      ) : (
        <div className={classes.form}>
          <Select
            label={t('hours.of')}
            value={ownerId}
            onChange={setChosen}
            allowDeselect={false}
            data={[
              { group: t('hours.branches'), items: options(branches.data) },
              { group: t('hours.doctors'), items: options(doctors.data) },
            ]}
          />
          {owner === 'staff' && <p className={classes.hint}>{t('hours.asBranch')}</p>}
          <SavedWeek key={ownerId} owner={owner} ownerId={ownerId} />
        </div>
      )}
    </Card>
  );
}

function SavedWeek({ owner, ownerId }: { owner: WeekOwner; ownerId: string }) {
  const week = useQuery(weekQuery(owner, ownerId));
  return week.data ? (
    <WeekEditor owner={owner} ownerId={ownerId} saved={week.data} />
  ) : week.error ? (
    <ErrorState message={errorMessage(week.error)} onRetry={() => void week.refetch()} />
  ) : (
    <ListSkeleton rows={7} />
  );
}
