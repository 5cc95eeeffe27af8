import { type CSSProperties, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Code, Phone } from '@/ui/texts';
import { AlertMark } from '../AlertMark';
import '../book/status.css';
import { StatusGlyph } from '../book/StatusGlyph';
import { isFilteredOut, reasonBesideType } from '../bookAppointment';
import { minutesBetween, minutesOfTime } from '../dayTime';
import { branchBeside } from '../places';
import { useBookWords } from '../useBookWords';
import classes from './agenda.module.css';
import { useDay } from './useDay';
import { type BookViewProps, StaleNote, ViewState } from './ViewState';

interface AgendaViewProps extends BookViewProps {
  /** Prints as soon as the list stands, then calls back. */
  printing: boolean;
  onPrinted(): void;
}

/** The day as a list in the order of time: for a phone, a screen reader and on paper. */
export function AgendaView({
  setup,
  setupFault,
  date,
  filter,
  showCancelled,
  onOpen,
  printing,
  onPrinted,
}: AgendaViewProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const format = useFormat();
  const state = useDay({ setup, date, axis: 'chair', filter, showCancelled, noChairTitle: '' });
  const day = state.kind === 'ready' ? state.value : null;
  const rows = useMemo(
    () =>
      (day?.records.appointments ?? [])
        .filter((item) => !isFilteredOut(item, filter))
        .sort((a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at) || a.id.localeCompare(b.id)),
    [day, filter],
  );
  const ready = day !== null;
  useEffect(() => {
    if (!printing || !ready) return;
    onPrinted();
    window.print();
  }, [printing, ready, onPrinted]);

  if (state.kind !== 'ready' || !day) return <ViewState state={state} />;
  const doctor = setup.doctors.find(({ id }) => id === filter.doctorId);
  const branch = setup.branches.find(({ id }) => id === filter.branchId);
  const scope = [doctor, branch].filter((one) => one !== undefined).map((one) => format.name(one));
  return (
    <section className={classes.page}>
      <StaleNote faults={[state.fault, setupFault]} />
      <header className={classes.paperHead}>
        <h1>{[format.name(setup.clinic), ...scope].join(' · ')}</h1>
        <p>
          {format.date(date, 'full')} · <bdi>{format.hijri(date)}</bdi> ·{' '}
          {t('appointments', { count: rows.length })}
        </p>
      </header>
      {rows.length === 0 ? (
        <p className={classes.empty} role="status">
          {t(day.records.appointments.length === 0 ? 'empty.dayTitle' : 'empty.filtered')}
        </p>
      ) : (
        <table className={classes.table} aria-label={t('agenda.label', { date: format.date(date, 'full') })}>
          <thead>
            <tr>
              <th scope="col">{t('appointment.time')}</th>
              <th scope="col">{t('form.patient')}</th>
              <th scope="col">{t('agenda.for')}</th>
              <th scope="col">{t('appointment.doctor')}</th>
              <th scope="col">{t('appointment.chair')}</th>
              <th scope="col">{t('agenda.status')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((item) => (
              <AgendaRow
                key={item.id}
                appointment={item}
                branch={branchBeside(item.branch_id, setup.branches, format.name)}
                onOpen={onOpen}
              />
            ))}
          </tbody>
        </table>
      )}
      <footer className={classes.paperFoot}>
        {t('agenda.printed', { when: format.dateTime(new Date().toISOString()) })}
      </footer>
    </section>
  );
}

interface AgendaRowProps {
  appointment: Appointment;
  /** Empty when there is only one. */
  branch: string;
  onOpen(id: string): void;
}

function AgendaRow({ appointment, branch, onOpen }: AgendaRowProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const { name: nameOf, number } = useFormat();
  const { times, labels } = useBookWords();
  const { patient, type } = appointment;
  const start = minutesOfTime(appointment.local_start);
  const end = start + minutesBetween(appointment.starts_at, appointment.ends_at);
  const flags = [
    appointment.overbook_reason && t('appointment.overbooked', { reason: appointment.overbook_reason }),
    appointment.walk_in && labels.walkIn,
    appointment.asap && labels.asap,
    appointment.late_cancelled && labels.lateCancelled,
  ].filter(Boolean);
  return (
    // The button in it does the same for the keyboard; the whole row is there for the hand.
    <tr data-status={appointment.status} onClick={() => onOpen(appointment.id)}>
      <td className={classes.time}>
        {times.range(start, end)}
        {appointment.token != null && <b className={classes.token}>{number(appointment.token)}</b>}
      </td>
      <td className={classes.patient}>
        <button type="button" className={classes.open} onClick={() => onOpen(appointment.id)}>
          <bdi>{nameOf(patient)}</bdi>
        </button>
        {patient.has_alerts && <AlertMark />}
        <small>
          <Code>{patient.file_number}</Code>
          <Phone number={patient.phone} />
        </small>
      </td>
      <td className={classes.what}>
        {type && (
          <span className={classes.type} style={{ '--type': type.colour } as CSSProperties}>
            <bdi>{nameOf(type)}</bdi>
          </span>
        )}
        <bdi>{reasonBesideType(appointment)}</bdi>
        {(appointment.note || flags.length > 0) && (
          <small>
            {flags.map((flag) => (
              <span key={flag as string}>{flag}</span>
            ))}
            {appointment.note && <bdi>{appointment.note}</bdi>}
          </small>
        )}
      </td>
      <td className={classes.doctor}>
        <bdi>{nameOf(appointment.doctor)}</bdi>
      </td>
      <td className={classes.chair}>
        {appointment.chair ? <bdi>{nameOf(appointment.chair)}</bdi> : t('book.noChair')}
        {branch && (
          <small>
            <bdi>{branch}</bdi>
          </small>
        )}
      </td>
      <td className={classes.status}>
        <span>
          <StatusGlyph status={appointment.status} size={14} />
          {t(`common:status.${appointment.status}`)}
        </span>
      </td>
    </tr>
  );
}
