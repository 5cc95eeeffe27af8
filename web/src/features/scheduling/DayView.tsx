import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/permissions';
import { Book } from './book/Book';
import type { ElementBox } from './book/types';
import { ColumnPicker, type PhoneLayout } from './ColumnPicker';
import { DayList } from './DayList';
import classes from './daybook.module.css';
import type { NewSlot } from './newAppointment';
import { useBookWords } from './useBookWords';
import type { Day } from './useDay';
import { useMoveAppointment } from './useMoveAppointment';

const PHONE = '(max-width: 640px)';
const HOURS_IN_SIGHT = 5 * 60;
const BEFORE_NOW = 90;

interface DayViewProps {
  day: Day;
  onCreate(slot: NewSlot): void;
  onOpen(id: string): void;
  onStatusMenu(id: string, anchor: ElementBox): void;
}

/** The book of a day; on a phone one column of it at a time, or a list. */
export function DayView({ day, onCreate, onOpen, onStatusMenu }: DayViewProps) {
  const { t } = useTranslation('scheduling');
  const mayWrite = useCan()('scheduling.write');
  const { labels, times } = useBookWords();
  const onPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const [layout, setLayout] = useState<PhoneLayout>('book');
  const [chosen, setChosen] = useState<string | null>(null);
  const { columns, appointments, range, now } = day;
  const { records, date, view } = day;
  const move = useMoveAppointment({ date, view, columns, appointments: records.appointments, times });
  const create = useCallback(
    (columnId: string, start: number, end: number) => onCreate({ columnId, start, end }),
    [onCreate],
  );

  const column = columns.find(({ id }) => id === chosen) ?? columns[0];
  const shownColumns = useMemo(() => (onPhone && column ? [column] : columns), [onPhone, column, columns]);
  // Late in the day the morning is over: begin near the present.
  const openAt = now !== null && now > range.openAt + HOURS_IN_SIGHT ? now - BEFORE_NOW : range.openAt;

  return (
    <>
      {onPhone && column && (
        <ColumnPicker
          columns={columns}
          columnId={column.id}
          layout={layout}
          onColumn={setChosen}
          onLayout={setLayout}
        />
      )}
      <div className={classes.book}>
        {onPhone && layout === 'list' ? (
          <DayList
            columns={columns}
            appointments={appointments}
            times={times}
            labels={labels}
            onOpen={onOpen}
          />
        ) : (
          <Book
            columns={shownColumns}
            appointments={appointments}
            dayStart={range.dayStart}
            dayEnd={range.dayEnd}
            now={now}
            slotMinutes={day.clinic.slot_minutes}
            openAt={openAt}
            times={times}
            labels={labels}
            readOnly={!mayWrite}
            onMove={move}
            onCreate={create}
            onOpen={onOpen}
            onStatusMenu={onStatusMenu}
          />
        )}
        {appointments.length === 0 && (
          <p className={classes.emptyNote} role="status">
            <b>{t('empty.dayTitle')}</b>
            <span>{t(mayWrite ? 'empty.dayText' : 'empty.dayTextReadOnly')}</span>
          </p>
        )}
      </div>
    </>
  );
}
