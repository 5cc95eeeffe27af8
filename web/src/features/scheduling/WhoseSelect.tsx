import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Named } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import classes from './toolbar.module.css';
import type { BookSetup } from './useBookSetup';
import type { Whose } from './views/useWeek';

interface WhoseSelectProps {
  setup: BookSetup;
  whose: Whose | null;
  onWhose(whose: Whose): void;
}

/** Whose week is shown: a doctor's or a chair's. */
export function WhoseSelect({ setup, whose, onWhose }: WhoseSelectProps) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf } = useFormat();
  const value = whose ? ('doctorId' in whose ? `d ${whose.doctorId}` : `c ${whose.chairId}`) : '';
  const group = (key: string, list: ReadonlyArray<Named & { active: boolean }>) =>
    list.filter((one) => one.active).map((one) => ({ value: `${key} ${one.id}`, label: nameOf(one) }));
  const branches = setup.branches.filter((branch) => branch.active);
  // Every branch has a chair 1.
  const chairs =
    branches.length > 1
      ? branches.map((branch) => ({
          group: `${t('toolbar.chairs')} · ${nameOf(branch)}`,
          items: group(
            'c',
            setup.chairs.filter(({ branch_id }) => branch_id === branch.id),
          ),
        }))
      : [{ group: t('toolbar.chairs'), items: group('c', setup.chairs) }];
  return (
    <NativeSelect
      className={classes.whose}
      aria-label={t('toolbar.whose')}
      data={[{ group: t('toolbar.doctors'), items: group('d', setup.doctors) }, ...chairs]}
      value={value}
      onChange={(event) => {
        const [key, id = ''] = event.currentTarget.value.split(' ');
        onWhose(key === 'd' ? { doctorId: id } : { chairId: id });
      }}
    />
  );
}

/** The doctor or chair of the address, or else the reader himself, or else the first doctor. */
export function whoseWeek(
  setup: BookSetup,
  asked: { doctor?: string | undefined; chair?: string | undefined },
  staffId: string,
): Whose | null {
  if (asked.chair && setup.chairs.some(({ id }) => id === asked.chair)) return { chairId: asked.chair };
  const doctors = setup.doctors.filter(({ active }) => active);
  const found =
    setup.doctors.find(({ id }) => id === asked.doctor) ??
    doctors.find(({ id }) => id === staffId) ??
    doctors[0];
  if (found) return { doctorId: found.id };
  const [chair] = setup.chairs;
  return chair ? { chairId: chair.id } : null;
}

/** Whose week it is, as the address says it. */
export const addressOf = (whose: Whose) =>
  'doctorId' in whose ? { doctor: whose.doctorId } : { chair: whose.chairId };
