import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useCan } from '@/lib/permissions';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import { WeekFields } from './WeekFields';
import { daysOf, type Week, weekHolds } from './weekHours';

interface WeekEditorProps {
  owner: 'branch' | 'staff';
  ownerId: string;
  saved: Week;
}

export function WeekEditor({ owner, ownerId, saved }: WeekEditorProps) {
  const { t } = useTranslation(['clinic', 'common']);
  const editable = useCan()('clinic.write');
  const client = useQueryClient();
  const [week, setWeek] = useState(saved);
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const save = async () => {
    if (!weekHolds(week)) return setFailure(t('hours.wrong'));
    setBusy(true);
    try {
      await api.put(`/working-hours/weekly/${owner}/${ownerId}`, { days: daysOf(week) });
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
