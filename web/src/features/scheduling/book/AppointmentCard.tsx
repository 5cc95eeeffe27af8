import { type CSSProperties, memo } from 'react';
import { type DayScale, minuteToY } from './geometry';
import { AlertGlyph, OverbookedGlyph, StatusGlyph } from './StatusGlyph';
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
  const waiting =
    appointment.status === 'arrived' && appointment.waitingMinutes !== undefined ? (
      <span className="book-card-wait" data-level={appointment.waitingTooLong}>
        {labels.waitingShort(appointment.waitingMinutes)}
      </span>
    ) : null;

  return (
    // biome-ignore lint/a11y/useSemanticElements: a native button cannot be dragged in Firefox and centres its content
    <div
      className="book-card"
      role="button"
      tabIndex={-1}
      data-id={appointment.id}
      data-status={appointment.status}
      data-locked={appointment.locked || undefined}
      data-rows={oneRow ? 1 : undefined}
      aria-label={spokenSummary(appointment, times, labels)}
      data-conflict={appointment.clash || undefined}
      aria-keyshortcuts={appointment.locked ? OPENING_KEYS : `${OPENING_KEYS} ${MOVING_KEYS}`}
      style={style}
    >
      <div className="book-card-title">
        <span className="book-card-status" data-part="status" title={labels.status[appointment.status]}>
          <StatusGlyph status={appointment.status} />
        </span>
        <span className="book-card-name" dir="auto">
          {appointment.patientName}
        </span>
        {oneRow && waiting}
        {appointment.overbooked && <OverbookedGlyph />}
        {appointment.alerts && <AlertGlyph />}
      </div>
      {!oneRow && (
        <div className="book-card-row">
          <span dir="auto">{appointment.reason}</span>
          {waiting}
        </div>
      )}
      {height >= TIME_ROW_FROM && (
        <div className="book-card-time">{times.range(appointment.start, appointment.end)}</div>
      )}
      <div className="book-card-resize" data-part="resize" />
    </div>
  );
});

/** What a screen reader says: everything the card shows by colour, shape and place. */
function spokenSummary(appointment: BookAppointment, times: BookTimes, labels: BookLabels): string {
  const parts = [
    appointment.patientName,
    appointment.reason,
    times.range(appointment.start, appointment.end),
    labels.status[appointment.status],
  ];
  if (appointment.status === 'scheduled' && appointment.confirmation !== 'unconfirmed') {
    parts.push(labels.confirmation[appointment.confirmation]);
  }
  if (appointment.status === 'arrived' && appointment.waitingMinutes !== undefined) {
    parts.push(labels.waiting(appointment.waitingMinutes));
  }
  if (appointment.clash) parts.push(labels.clash);
  if (appointment.alerts) parts.push(labels.alert);
  if (appointment.overbooked) parts.push(labels.overbooked);
  return parts.filter(Boolean).join(', ');
}
