import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBellRinging, IconDots, IconFileText } from '@tabler/icons-react';
import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment, AppointmentStatus } from '@/api/types';
import { firstClick } from '@/lib/firstClick';
import { useFormat } from '@/lib/format-context';
import { AlertMark } from '../AlertMark';
import { reasonBesideType } from '../bookAppointment';
import { StatusMenuItems } from '../StatusMenu';
import { TypeDot } from '../TypeSelect';
import type { Stay } from './board';
import classes from './reception.module.css';
import { StayPill } from './StayPill';

export interface CardActs {
  mayChange(appointment: Appointment): boolean;
  pick(appointment: Appointment, status: AppointmentStatus): void;
  call(appointment: Appointment): void;
  seat(appointment: Appointment): void;
  open(id: string): void;
  /** The name of a chair by its id. */
  chairName(id: string): string;
  /** Who is being called or seated at this moment. */
  busy: string | null;
}

interface ReceptionCardProps {
  appointment: Appointment;
  stay: Stay | null;
  /** Whom 'Call next' calls. */
  next?: boolean;
  acts: CardActs;
}

/** Somebody who waits or sits in a chair. */
export function ReceptionCard({ appointment, stay, next = false, acts }: ReceptionCardProps) {
  const { t } = useTranslation('reception');
  const format = useFormat();
  const { token, doctor, status, chair } = appointment;
  const waiting = status === 'arrived';
  return (
    <li
      className={classes.card}
      data-id={appointment.id}
      data-status={status}
      data-next={next || undefined}
      style={{ '--doctor': doctor.colour } as CSSProperties}
    >
      <div className={classes.turn}>
        <span className={classes.token}>
          {token == null ? <small>{t('card.noNumber')}</small> : format.number(token)}
        </span>
        {stay && <StayPill stay={stay} spoken={waiting ? 'waiting' : 'inChair'} />}
      </div>
      <div className={classes.about}>
        <div className={classes.who}>
          <PatientName appointment={appointment} open={acts.open} />
          {next && <span className={classes.next}>{t('card.next')}</span>}
          {acts.mayChange(appointment) && <MoreMenu appointment={appointment} acts={acts} />}
        </div>
        <What appointment={appointment} />
        <p className={classes.meta}>
          <i className={classes.doctorDot} aria-hidden />
          <bdi>{format.name(doctor)}</bdi>
          <span>
            {appointment.walk_in
              ? t('card.walkIn')
              : t('card.booked', { time: format.time(appointment.local_start) })}
          </span>
          {!waiting && chair && <bdi className={classes.place}>{format.name(chair)}</bdi>}
        </p>
        {waiting && appointment.called_at && (
          <p className={classes.called}>
            <IconBellRinging size={15} aria-hidden />
            {appointment.called_to
              ? t('card.calledTo', {
                  time: format.time(appointment.called_at),
                  chair: acts.chairName(appointment.called_to),
                })
              : t('card.called', { time: format.time(appointment.called_at) })}
          </p>
        )}
        {acts.mayChange(appointment) && <CardButtons appointment={appointment} acts={acts} />}
      </div>
    </li>
  );
}

function CardButtons({ appointment, acts }: { appointment: Appointment; acts: CardActs }) {
  const { t } = useTranslation('reception');
  const { name } = useFormat();
  const busy = acts.busy === appointment.id;
  const patient = name(appointment.patient);
  const of = (act: string) => t('act.of', { act, patient });
  const call = t(appointment.called_at ? 'act.callAgain' : 'act.call');
  return (
    <div className={classes.acts}>
      {appointment.status === 'arrived' ? (
        <>
          <Button
            size="compact-md"
            variant="default"
            disabled={busy}
            aria-label={of(call)}
            onClick={firstClick(() => acts.call(appointment))}
          >
            {call}
          </Button>
          <Button
            size="compact-md"
            variant="light"
            disabled={busy}
            aria-label={of(t('act.seat'))}
            onClick={firstClick(() => acts.seat(appointment))}
          >
            {t('act.seat')}
          </Button>
        </>
      ) : (
        <Button
          size="compact-md"
          variant="light"
          aria-label={of(t('act.done'))}
          onClick={firstClick(() => acts.pick(appointment, 'completed'))}
        >
          {t('act.done')}
        </Button>
      )}
    </div>
  );
}

/** Ending, going a step back, and all about the appointment. */
export function MoreMenu({ appointment, acts }: { appointment: Appointment; acts: CardActs }) {
  const { t } = useTranslation(['reception', 'scheduling']);
  const { name } = useFormat();
  return (
    <Menu position="bottom-end" width={240} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={30}
          className={classes.more ?? ''}
          aria-label={t('card.more', { patient: name(appointment.patient) })}
        >
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <StatusMenuItems
          appointment={appointment}
          withoutNext
          onPick={(status) => acts.pick(appointment, status)}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<IconFileText size={16} />} onClick={() => acts.open(appointment.id)}>
          {t('scheduling:statusMenu.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Opens the appointment. */
export function PatientName({ appointment, open }: { appointment: Appointment; open(id: string): void }) {
  const { name } = useFormat();
  const { patient } = appointment;
  return (
    <span className={classes.patient}>
      <button type="button" className={classes.name} onClick={() => open(appointment.id)}>
        <bdi>{name(patient)}</bdi>
      </button>
      {patient.has_alerts && <AlertMark />}
    </span>
  );
}

/** The type of an appointment and what the patient says besides. */
function What({ appointment }: { appointment: Appointment }): ReactNode {
  const { name } = useFormat();
  const { type } = appointment;
  const reason = reasonBesideType(appointment);
  if (!type && !reason) return null;
  return (
    <p className={classes.what}>
      {type && (
        <>
          <TypeDot colour={type.colour} />
          <bdi>{name(type)}</bdi>
        </>
      )}
      {reason && <bdi className={classes.reason}>{reason}</bdi>}
    </p>
  );
}
