import { IconAlertTriangle, IconClockX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TreatmentPlan } from '@/api/types';
import { StatusBadge } from '@/ui/StatusBadge';
import css from './planning.module.css';

/** Where a plan stands, and loudly when what the patient was shown is no longer the plan. */
export function PlanBadges({ plan }: { plan: Pick<TreatmentPlan, 'standing' | 'validity' | 'status'> }) {
  const { t } = useTranslation('planning');
  const closed = plan.status === 'declined' || plan.status === 'withdrawn';
  return (
    <span className={css.badges}>
      <StatusBadge status={plan.standing} />
      {plan.validity === 'no_longer_valid' && !closed && (
        <span className={css.invalid}>
          <IconAlertTriangle size={14} aria-hidden /> {t('validity.no_longer_valid')}
        </span>
      )}
      {plan.validity === 'expired' && !closed && (
        <span className={css.expired}>
          <IconClockX size={14} aria-hidden /> {t('validity.expired')}
        </span>
      )}
    </span>
  );
}
