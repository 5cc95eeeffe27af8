import { Button } from '@mantine/core';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '@/api/types';
import { firstClick } from '@/lib/firstClick';
import { useFormat } from '@/lib/format-context';
import { StatusGlyph } from '../book/StatusGlyph';
import { minutesFrom, minutesLate } from './board';
import { type CardActs, MoreMenu, PatientName } from './ReceptionCard';
import classes from './reception.module.css';

interface ReceptionRowProps {
  appointment: Appointment;
  now: number;
  acts: CardActs;
}

/** Somebody who has not come yet: one click says that he has. */
export function ExpectedRow({ appointment, now, acts }: ReceptionRowProps) {
  const { t } = useTranslation(['reception', 'common']);
  const format = useFormat();
  const late = minutesLate(appointment, now);
  const act = t('act.arrive');
  return (
    <Row appointment={appointment}>
      <span className={classes.time}>{format.time(appointment.local_start)}</span>
      <PatientName appointment={appointment} open={acts.open} />
      {acts.mayChange(appointment) && <MoreMenu appointment={appointment} acts={acts} />}
      <div className={classes.rowBelow}>
        <p className={classes.meta}>
          <span className={classes.fact}>
            <span className={classes.glyph} title={t(`common:status.${appointment.status}`)}>
              <StatusGlyph status={appointment.status} size={14} />
              <span className={classes.spoken}>{t(`common:status.${appointment.status}`)}</span>
            </span>
            <bdi>{format.name(appointment.doctor)}</bdi>
          </span>
          {late > 0 && <b className={classes.late}>{t('card.late', { minutes: format.minutes(late) })}</b>}
        </p>
        {acts.mayChange(appointment) && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('act.of', { act, patient: format.name(appointment.patient) })}
            onClick={firstClick(() => acts.pick(appointment, 'arrived'))}
          >
            {act}
          </Button>
        )}
      </div>
    </Row>
  );
}

/** Somebody who has been seen. */
export function DoneRow({ appointment, acts }: Omit<ReceptionRowProps, 'now'>) {
  const { t } = useTranslation('reception');
  const format = useFormat();
  const { token, arrived_at, in_chair_at, completed_at } = appointment;
  const [waited, seated] = [minutesFrom(arrived_at, in_chair_at), minutesFrom(in_chair_at, completed_at)];
  const act = t('act.checkOut');
  return (
    <Row appointment={appointment}>
      <span className={classes.time}>{token == null ? '–' : format.number(token)}</span>
      <PatientName appointment={appointment} open={acts.open} />
      {acts.mayChange(appointment) && <MoreMenu appointment={appointment} acts={acts} />}
      <div className={`${classes.rowBelow} ${classes.wide}`}>
        <p className={classes.meta}>
          <bdi>{format.name(appointment.doctor)}</bdi>
          {waited !== null && seated !== null && (
            <span>{t('card.times', { waited: format.minutes(waited), seated: format.minutes(seated) })}</span>
          )}
        </p>
        {appointment.status === 'completed' && acts.mayChange(appointment) && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('act.of', { act, patient: format.name(appointment.patient) })}
            onClick={firstClick(() => acts.pick(appointment, 'checked_out'))}
          >
            {act}
          </Button>
        )}
      </div>
    </Row>
  );
}

function Row({ appointment, children }: { appointment: Appointment; children: React.ReactNode }) {
  return (
    <li
      className={classes.row}
      data-id={appointment.id}
      data-status={appointment.status}
      style={{ '--doctor': appointment.doctor.colour } as CSSProperties}
    >
      {children}
    </li>
  );
}
