import { Button } from '@mantine/core';
import { IconArmchair2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/permissions';
import { EmptyState } from '@/ui/EmptyState';

/** Nothing to put appointments in: the clinic has not been set up yet. */
export function NoColumns({ axis }: { axis: 'chair' | 'doctor' }) {
  const { t } = useTranslation('scheduling');
  const can = useCan();
  const byChair = axis === 'chair';
  const settings = byChair ? '/settings/branches' : '/settings/staff';
  const mayOpen = can(byChair ? 'clinic.write' : 'identity.manage_staff');
  return (
    <EmptyState
      icon={<IconArmchair2 size={26} stroke={1.6} />}
      title={t(byChair ? 'empty.noChairsTitle' : 'empty.noDoctorsTitle')}
      hint={t(byChair ? 'empty.noChairsText' : 'empty.noDoctorsText')}
      action={
        mayOpen && (
          <Button component={Link} to={settings}>
            {t('empty.toSettings')}
          </Button>
        )
      }
    />
  );
}
