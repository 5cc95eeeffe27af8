import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { WorkingWeek } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import { type WeekOwner, weekPath, weekQuery } from './queries';
import { WeekFields } from './WeekFields';
import { daysOf, weekHolds, weekOf } from './weekHours';

interface WeekEditorProps {
  owner: WeekOwner;
  ownerId: string;
  saved: WorkingWeek;
}

export function WeekEditor({ owner, ownerId, saved }: WeekEditorProps) {
  const { t } = useTranslation(['clinic', 'common']);
  const editable = useCan()('clinic.write');
  const client = useQueryClient();
  // The version the edited week was read in: one that comes later from elsewhere must not be overwritten unseen.
  const [version, setVersion] = useState(saved.version);
  const [week, setWeek] = useState(() => weekOf(saved.days));
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (!weekHolds(week)) return setFailure(t('hours.wrong'));
    setBusy(true);
    try {
      const set = await api.put<WorkingWeek>(weekPath(owner, ownerId), { days: daysOf(week) }, { version });
      setVersion(set.version);
      client.setQueryData(weekQuery(owner, ownerId).queryKey, set);
      void client.invalidateQueries({ queryKey: ['clinic'] });
      toast.done(t('hours.saved'));
    } catch (error) {
      setFailure(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <WeekFields
        week={week}
        editable={editable}
        closed={owner === 'branch' ? t('hours.closed') : t('hours.off')}
        onChange={(next) => {
          setFailure(null);
          setWeek(next);
        }}
      />
      <FormFailure message={failure} />
      {editable && <FormActions submitLabel={t('common:action.save')} submitting={busy} />}
    </form>
  );
}
