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
import { ClosuresCard } from './ClosuresCard';
import classes from './clinic.module.css';
import { branchesQuery, doctorsQuery, type WeekOwner, weekQuery } from './queries';
import { WeekEditor } from './WeekEditor';
import { WeekPreview } from './WeekPreview';

/** Whose hours the page shows. */
export interface HoursOwner {
  kind: WeekOwner;
  id: string;
}

export default function HoursPage() {
  const { t } = useTranslation('clinic');
  const { name } = useFormat();
  const branches = useQuery(branchesQuery);
  const doctors = useQuery(doctorsQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const failed = [branches, doctors].filter(({ error }) => error);
  const id = chosen ?? branches.data?.[0]?.id;
  const kind = doctors.data?.some((doctor) => doctor.id === id) ? 'staff' : 'branch';
  const options = (items: { id: string; name_ar: string | null; name_en: string | null }[] | undefined) =>
    (items ?? []).map((one) => ({ value: one.id, label: name(one) }));
  if (failed.length > 0) {
    return (
      <Card title={t('hours.title')}>
        <ErrorState
          message={errorMessage(failed[0]?.error)}
          onRetry={() => failed.forEach((one) => void one.refetch())}
        />
      </Card>
    );
  }
  if (!branches.data || !doctors.data) {
    return (
      <Card title={t('hours.title')}>
        <ListSkeleton rows={7} />
      </Card>
    );
  }
  if (!id) {
    return (
      <Card title={t('hours.title')}>
        <EmptyState title={t('hours.empty')} />
      </Card>
    );
  }
  const owner: HoursOwner = { kind, id };
  return (
    <>
      <Card title={t('hours.title')}>
        <div className={classes.form}>
          <Select
            label={t('hours.of')}
            value={id}
            onChange={setChosen}
            allowDeselect={false}
            data={[
              { group: t('hours.branches'), items: options(branches.data) },
              { group: t('hours.doctors'), items: options(doctors.data) },
            ]}
          />
          {kind === 'staff' && <p className={classes.hint}>{t('hours.asBranch')}</p>}
          <SavedWeek key={id} owner={kind} ownerId={id} />
        </div>
      </Card>
      <ClosuresCard key={`dated-${id}`} owner={owner} />
      <WeekPreview key={`preview-${id}`} owner={owner} branches={branches.data.filter((b) => b.active)} />
    </>
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
