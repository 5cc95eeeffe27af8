import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import type { Stay } from './board';
import classes from './reception.module.css';

/** Minutes that turn amber and red, in words and shape besides. */
export function StayPill({ stay, spoken }: { stay: Stay; spoken: 'waiting' | 'inChair' }) {
  const { t } = useTranslation('reception');
  const { minutes } = useFormat();
  const text = minutes(stay.minutes);
  const level = { fine: '', amber: t('card.long'), red: t('card.tooLong') }[stay.level];
  const label = [t(`card.${spoken}`, { minutes: text }), level].filter(Boolean).join(' · ');
  return (
    <span role="img" className={classes.stay} data-level={stay.level} aria-label={label} title={label}>
      {stay.level !== 'fine' && <IconAlertTriangle size={14} />}
      <span>{text}</span>
    </span>
  );
}
