import { memo, useMemo } from 'react';
import { AppointmentCard } from './AppointmentCard';
import { type DayScale, layOutLanes, minuteToY, offHours } from './geometry';
import type { BookAppointment, BookColumnData, BookLabels, BookTimes } from './types';

interface BookColumnProps {
  column: BookColumnData;
  /** In the order of time: it is also the order of reading and of the Tab key. */
  list: readonly BookAppointment[];
  scale: DayScale;
  times: BookTimes;
  labels: BookLabels;
}

export const BookColumn = memo(function BookColumn({ column, list, scale, times, labels }: BookColumnProps) {
  const lanes = useMemo(() => layOutLanes(list), [list]);
  const closed = useMemo(() => offHours(column.workingHours, scale), [column.workingHours, scale]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div
      className="book-column"
      role="group"
      data-column={column.id}
      aria-label={[labels.columnSummary(column.title, column.subtitle ?? '', list.length), column.reason]
        .filter(Boolean)
        .join(', ')}
    >
      {closed.map((gap) => (
        <div
          key={gap.start}
          className="book-off"
          style={{
            insetBlockStart: minuteToY(gap.start, scale),
            blockSize: (gap.end - gap.start) * scale.pixelsPerMinute,
          }}
        />
      ))}
      {column.blocks.map((block) => (
        <button
          key={block.id}
          type="button"
          className="book-block"
          data-id={block.id}
          data-kind={block.kind}
          aria-label={labels.blocked(
            block.label || labels.block[block.kind],
            times.range(block.start, block.end),
          )}
          style={{
            insetBlockStart: minuteToY(block.start, scale),
            blockSize: (block.end - block.start) * scale.pixelsPerMinute,
          }}
        >
          {block.label || labels.block[block.kind]}
        </button>
      ))}
      {column.holds.map((hold) => (
        <div
          key={hold.id}
          className="book-hold"
          style={{
            insetBlockStart: minuteToY(hold.start, scale) + 1,
            blockSize: (hold.end - hold.start) * scale.pixelsPerMinute - 2,
          }}
        >
          {labels.held(hold.label)}
        </div>
      ))}
      {column.reason && <p className="book-reason">{column.reason}</p>}
      {list.map((appointment) => (
        <AppointmentCard
          key={appointment.id}
          appointment={appointment}
          lane={lanes.get(appointment.id)?.lane ?? 0}
          lanes={lanes.get(appointment.id)?.lanes ?? 1}
          scale={scale}
          times={times}
          labels={labels}
        />
      ))}
    </div>
  );
});
