import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NoColumns } from '../NoColumns';
import { slotOf } from '../newAppointment';
import { useBookWords } from '../useBookWords';
import { useMoveAppointment } from '../useMoveAppointment';
import { BookPane } from './BookPane';
import { ColumnPicker } from './ColumnPicker';
import { useDay } from './useDay';
import { type BookViewProps, StaleNote, ViewState } from './ViewState';

export const PHONE = '(max-width: 640px)';
const HOURS_IN_SIGHT = 5 * 60;
const BEFORE_NOW = 90;

interface DayViewProps extends BookViewProps {
  axis: 'chair' | 'doctor';
}

/** One day by chairs or by doctors; on a phone one column of it at a time. */
export function DayView(props: DayViewProps) {
  const { setup, setupFault, date, axis, filter, zoom, showCancelled, onCreate, onOpen, onBlock } = props;
  const { t } = useTranslation('scheduling');
  const { times } = useBookWords();
  const onPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const [chosen, setChosen] = useState<string | null>(null);
  const state = useDay({ setup, date, axis, filter, showCancelled, noChairTitle: t('book.noChair') });
  const day = state.kind === 'ready' ? state.value : null;
  const columns = day?.columns ?? NONE;
  const records = day?.records.appointments ?? NONE;
  const { slot_minutes: slotMinutes } = setup.clinic;

  const move = useMoveAppointment({ date, axis, columns, appointments: records, times });
  const create = useCallback(
    (columnId: string, start: number, end: number) =>
      onCreate(slotOf({ axis, columnId, start, end }, { date, slotMinutes, appointments: records })),
    [axis, date, slotMinutes, records, onCreate],
  );
  const column = columns.find(({ id }) => id === chosen) ?? columns[0];
  const shownColumns = useMemo(() => (onPhone && column ? [column] : columns), [onPhone, column, columns]);

  if (state.kind !== 'ready') return <ViewState state={state} />;
  if (!column) return <NoColumns axis={axis} />;
  const { range, now, unread, appointments } = state.value;
  // Late in the day the morning is over: begin near the present.
  const openAt = now !== null && now > range.openAt + HOURS_IN_SIGHT ? now - BEFORE_NOW : range.openAt;
  return (
    <>
      <StaleNote faults={[state.fault, setupFault]} />
      {onPhone && <ColumnPicker columns={columns} columnId={column.id} onColumn={setChosen} />}
      <BookPane
        records={records}
        unread={unread}
        emptyTitle={t('empty.dayTitle')}
        columns={shownColumns}
        appointments={appointments}
        dayStart={range.dayStart}
        dayEnd={range.dayEnd}
        now={now}
        slotMinutes={slotMinutes}
        pixelsPerMinute={zoom}
        openAt={openAt}
        onMove={move}
        onCreate={create}
        onOpen={onOpen}
        onBlock={onBlock}
      />
    </>
  );
}

const NONE: readonly never[] = [];
