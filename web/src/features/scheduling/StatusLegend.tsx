import { useTranslation } from 'react-i18next';
import { StatusGlyph } from './book/StatusGlyph';
import type { AppointmentStatus } from './book/types';
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

/** What the colours and shapes of the cards mean. */
export function StatusLegend() {
  const { t } = useTranslation();
  return (
    <ul className={classes.legend}>
      {SHOWN.map((status) => (
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
