import { type CSSProperties, memo } from 'react';
import { utilisation } from './geometry';
import { type BookAppointment, type BookColumnData, type BookLabels, holdsSlot } from './types';

interface BookHeaderProps {
  columns: readonly BookColumnData[];
  lists: ReadonlyArray<readonly BookAppointment[]>;
  labels: BookLabels;
  /** The column of today, where the columns are days. */
  today?: string | undefined;
  onHead?: ((columnId: string) => void) | undefined;
}

/** The sticky row of titles. Hidden from screen readers: each column says its own name. */
export const BookHeader = memo(function BookHeader({
  columns,
  lists,
  labels,
  today,
  onHead,
}: BookHeaderProps) {
  return (
    <>
      <div className="book-corner" />
      {columns.map((column, index) => {
        const booked = (lists[index] ?? []).filter(({ status }) => holdsSlot(status));
        const percent = Math.round(utilisation(booked, column.workingHours) * 100);
        return (
          <div
            className="book-head"
            key={column.id}
            aria-hidden="true"
            data-today={column.id === today || undefined}
          >
            {onHead ? (
              <button type="button" tabIndex={-1} onClick={() => onHead(column.id)}>
                {column.title}
              </button>
            ) : (
              <b>{column.title}</b>
            )}
            <span className="book-head-row">
              <span className="book-head-subtitle">{column.subtitle}</span>
              <span
                className="book-usage"
                title={labels.utilisation(percent)}
                style={{ '--book-usage': `${percent}%` } as CSSProperties}
              />
            </span>
          </div>
        );
      })}
    </>
  );
});
