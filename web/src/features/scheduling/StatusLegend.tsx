import { useTranslation } from 'react-i18next';
import type { AppointmentStatus } from '@/api/types';
import { StatusGlyph } from './book/StatusGlyph';
import classes from './daybook.module.css';

const SHOWN: readonly AppointmentStatus[] = [
  'scheduled',
  'confirmed',
  'arrived',
  'in_chair',
  'completed',
  'checked_out',
  'no_show',
];

const ENDED: readonly AppointmentStatus[] = ['cancelled', 'rescheduled'];

/** What the colours and shapes of the cards mean. */
export function StatusLegend({ cancelled }: { cancelled: boolean }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.legend}>
      {[...SHOWN, ...(cancelled ? ENDED : [])].map((status) => (
        <li key={status} data-status={status}>
          <span className={classes.legendGlyph}>
            <StatusGlyph status={status} size={12} />
          </span>
          {t(`status.${status}`)}
        </li>
      ))}
    </ul>
  );
}
