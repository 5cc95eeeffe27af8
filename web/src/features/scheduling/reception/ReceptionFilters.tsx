import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Chair } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import type { BookSetup } from '../useBookSetup';
import classes from './reception.module.css';

interface ReceptionFiltersProps {
  setup: BookSetup;
  /** The chairs of the branch. */
  chairs: readonly Chair[];
  chosen: { branch: string; doctor: string | null; chair: string | null };
  /** Whether the reader may call patients to a chair. */
  callsTo: boolean;
  onBranch(id: string): void;
  onDoctor(id: string | null): void;
  onChair(id: string | null): void;
}

/** Whose reception it is, whose patients, and where they are called to. */
export function ReceptionFilters(props: ReceptionFiltersProps) {
  const { setup, chairs, chosen, callsTo, onBranch, onDoctor, onChair } = props;
  const { t } = useTranslation('reception');
  const { name } = useFormat();
  const option = (one: { id: string; name_ar: string | null; name_en: string | null }) => ({
    value: one.id,
    label: name(one),
  });
  const branches = setup.branches.filter(({ active }) => active);
  return (
    <div className={classes.filters}>
      {branches.length > 1 && (
        <NativeSelect
          label={t('filter.branch')}
          data={branches.map(option)}
          value={chosen.branch}
          onChange={(event) => onBranch(event.currentTarget.value)}
        />
      )}
      <NativeSelect
        label={t('filter.doctor')}
        data={[
          { value: '', label: t('filter.allDoctors') },
          ...setup.doctors.filter(({ active, id }) => active || id === chosen.doctor).map(option),
        ]}
        value={chosen.doctor ?? ''}
        onChange={(event) => onDoctor(event.currentTarget.value || null)}
      />
      {callsTo && (
        <NativeSelect
          label={t('filter.callTo')}
          data={[
            { value: '', label: t('filter.ownChair') },
            ...chairs.filter(({ active }) => active).map(option),
          ]}
          value={chosen.chair ?? ''}
          onChange={(event) => onChair(event.currentTarget.value || null)}
        />
      )}
    </div>
  );
}
