import {
  IconBolt,
  IconClock,
  IconClockX,
  IconRepeat,
  IconStack2,
  IconTicket,
  IconWalk,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import classes from './appointment.module.css';

/** What is out of the ordinary about an appointment, in words. */
export function AppointmentFlags({ appointment }: { appointment: Appointment }) {
  const { t } = useTranslation('scheduling');
  const { number } = useFormat();
  const { overbook_reason: overbooked, follow_up: followUp, token } = appointment;
  return (
    <>
      {token != null && (
        <Flag icon={<IconTicket size={15} />} plain>
          {t('book.token', { number: number(token) })}
        </Flag>
      )}
      {appointment.walk_in && (
        <Flag icon={<IconWalk size={15} />} plain>
          {t('book.walkIn')}
        </Flag>
      )}
      {appointment.asap && <Flag icon={<IconBolt size={15} />}>{t('book.asap')}</Flag>}
      {overbooked && (
        <Flag icon={<IconStack2 size={15} />}>{t('appointment.overbooked', { reason: overbooked })}</Flag>
      )}
      {appointment.outside_hours && (
        <Flag icon={<IconClock size={15} />}>{t('appointment.outsideHours')}</Flag>
      )}
      {appointment.late_cancelled && <Flag icon={<IconClockX size={15} />}>{t('book.lateCancelled')}</Flag>}
      {followUp && <Flag icon={<IconRepeat size={15} />}>{t(`appointment.followUp.${followUp}`)}</Flag>}
    </>
  );
}

function Flag({ icon, plain, children }: { icon: ReactNode; plain?: boolean; children: ReactNode }) {
  return (
    <span className={plain ? classes.plainFlag : classes.flag}>
      <span aria-hidden className={classes.flagIcon}>
        {icon}
      </span>
      {children}
    </span>
  );
}
