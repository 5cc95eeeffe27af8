import { type CSSProperties, memo } from 'react';
import { type DayScale, minuteToY } from './geometry';
import { patternStrip } from './pattern';
import { AlertGlyph, AsapGlyph, LateGlyph, OverbookedGlyph, StatusGlyph, WalkInGlyph } from './StatusGlyph';
import type { BookAppointment, BookLabels, BookTimes } from './types';

const ONE_ROW_BELOW = 38;
const TIME_ROW_FROM = 56;
const OPENING_KEYS = 'Enter S';
const MOVING_KEYS =
  'Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight Alt+Shift+ArrowUp Alt+Shift+ArrowDown';

interface AppointmentCardProps {
  appointment: BookAppointment;
  lane: number;
  lanes: number;
  scale: DayScale;
  times: BookTimes;
  labels: BookLabels;
}

export const AppointmentCard = memo(function AppointmentCard({
  appointment,
  lane,
  lanes,
  scale,
  times,
  labels,
}: AppointmentCardProps) {
  const height = (appointment.end - appointment.start) * scale.pixelsPerMinute;
  const oneRow = height < ONE_ROW_BELOW;
  const style: CSSProperties = {
    insetBlockStart: minuteToY(appointment.start, scale) + 1,
    blockSize: height - 2,
  };
  if (lanes > 1) {
    style.insetInlineStart = `calc(${(lane / lanes) * 100}% + 2px)`;
    style.inlineSize = `calc(${100 / lanes}% - 6px)`;
  }
  const strip = patternStrip(appointment.pattern);
  const stay =
    appointment.stayMinutes === undefined ? null : (
      <span className="book-card-stay" data-level={appointment.stayLevel}>
        {labels.minutesShort(appointment.stayMinutes)}
      </span>
    );
  const type = appointment.typeName && (
    <span
      className="book-card-type"
      title={appointment.typeName}
      style={{ '--book-type': appointment.typeColour } as CSSProperties}
    >
      {!oneRow && <bdi>{appointment.typeName}</bdi>}
    </span>
  );

  return (
    // biome-ignore lint/a11y/useSemanticElements: a native button cannot be dragged in Firefox and centres its content
    <div
      className="book-card"
      role="button"
      tabIndex={-1}
      data-id={appointment.id}
      data-status={appointment.status}
      data-locked={appointment.locked || undefined}
      data-dimmed={appointment.dimmed || undefined}
      data-rows={oneRow ? 1 : undefined}
      data-strip={strip ? '' : undefined}
      aria-label={spokenSummary(appointment, times, labels)}
      data-conflict={appointment.clash || undefined}
      aria-keyshortcuts={appointment.locked ? OPENING_KEYS : `${OPENING_KEYS} ${MOVING_KEYS}`}
      style={style}
    >
      <div className="book-card-title">
        <span className="book-card-status" data-part="status" title={labels.status[appointment.status]}>
          <StatusGlyph status={appointment.status} />
        </span>
        {appointment.token !== null && <span className="book-card-token">{appointment.token}</span>}
        <span className="book-card-name" dir="auto">
          {appointment.patientName}
        </span>
        {oneRow && type}
        {oneRow && stay}
        {appointment.walkIn && <WalkInGlyph />}
        {appointment.asap && <AsapGlyph />}
        {appointment.lateCancelled && <LateGlyph />}
        {appointment.overbooked && <OverbookedGlyph />}
        {appointment.alerts && <AlertGlyph />}
      </div>
      {!oneRow && (
        <div className="book-card-row">
          <span className="book-card-what">
            {type}
            {type && appointment.reason && <span>·</span>}
            <span className="book-card-reason" dir="auto">
              {appointment.reason}
            </span>
          </span>
          {stay}
        </div>
      )}
      {height >= TIME_ROW_FROM && (
        <div className="book-card-time">{times.range(appointment.start, appointment.end)}</div>
      )}
      {strip && <div className="book-card-strip" style={{ backgroundImage: strip }} />}
      <div className="book-card-resize" data-part="resize" />
    </div>
  );
});

/** What a screen reader says: everything the card shows by colour, shape and place. */
function spokenSummary(appointment: BookAppointment, times: BookTimes, labels: BookLabels): string {
  const { status, stayMinutes, stayLevel = 'fine' } = appointment;
  const parts = [
    appointment.patientName,
    appointment.typeName,
    appointment.reason,
    times.range(appointment.start, appointment.end),
    labels.status[status],
  ];
  if (status === 'scheduled' && appointment.confirmation !== 'unconfirmed') {
    parts.push(labels.confirmation[appointment.confirmation]);
  }
  if (stayMinutes !== undefined) {
    parts.push((status === 'in_chair' ? labels.inChair : labels.waiting)(stayMinutes));
    parts.push(labels.stayLevel[stayLevel]);
  }
  if (appointment.token !== null) parts.push(labels.token(appointment.token));
  if (appointment.walkIn) parts.push(labels.walkIn);
  if (appointment.asap) parts.push(labels.asap);
  if (appointment.lateCancelled) parts.push(labels.lateCancelled);
  if (appointment.clash) parts.push(labels.clash);
  if (appointment.alerts) parts.push(labels.alert);
  if (appointment.overbooked) parts.push(labels.overbooked);
  return parts.filter(Boolean).join(', ');
}
