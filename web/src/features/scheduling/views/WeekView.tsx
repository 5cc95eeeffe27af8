import { useMediaQuery } from '@mantine/hooks';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import { weekOf } from '../bookAddress';
import { NoColumns } from '../NoColumns';
import { slotOf } from '../newAppointment';
import { useBookWords } from '../useBookWords';
import { useMoveAppointment } from '../useMoveAppointment';
import { BookPane } from './BookPane';
import { ColumnPicker } from './ColumnPicker';
import { PHONE } from './DayView';
import { useWeek, type Whose } from './useWeek';
import { type BookViewProps, StaleNote, ViewState } from './ViewState';

interface WeekViewProps extends BookViewProps {
  /** Null where the clinic has neither doctor nor chair. */
  whose: Whose | null;
  /** Opens the book of a day. */
  onDate(date: string): void;
  /** Another day of the same week, on a phone. */
  onPick(date: string): void;
}

/** Seven days of one doctor or one chair; on a phone one of them at a time. */
export function WeekView({ whose, ...props }: WeekViewProps) {
  return whose ? <WeekOf whose={whose} {...props} /> : <NoColumns axis="doctor" />;
}

function WeekOf(props: WeekViewProps & { whose: Whose }) {
  const {
    setup,
    setupFault,
    date,
    whose,
    filter,
    zoom,
    showCancelled,
    onCreate,
    onOpen,
    onBlock,
    onDate,
    onPick,
  } = props;
  const { t } = useTranslation('scheduling');
  const { week: clinicWeek } = useFormat();
  const { times } = useBookWords();
  const onPhone = useMediaQuery(PHONE, false, { getInitialValueInEffect: false });
  const [firstDay] = weekOf(date, clinicWeek.start);
  const days = useMemo(() => weekOf(firstDay ?? date, clinicWeek.start), [firstDay, date, clinicWeek.start]);
  const state = useWeek({ setup, days, whose, statuses: filter.statuses, showCancelled });
  const week = state.kind === 'ready' ? state.value : null;
  const columns = week?.columns ?? NONE;
  const records = week?.records ?? NONE;
  const { slot_minutes: slotMinutes } = setup.clinic;
  const doctorId = 'doctorId' in whose ? whose.doctorId : null;
  const chairId = 'chairId' in whose ? whose.chairId : null;

  const move = useMoveAppointment({ date, axis: 'date', columns, appointments: records, times });
  const create = useCallback(
    (columnId: string, start: number, end: number) =>
      onCreate(
        slotOf(
          { axis: 'date', columnId, start, end },
          { date: columnId, slotMinutes, appointments: records, doctorId, chairId },
        ),
      ),
    [slotMinutes, records, doctorId, chairId, onCreate],
  );
  const shownColumns = useMemo(
    () => (onPhone ? columns.filter(({ id }) => id === date) : columns),
    [onPhone, columns, date],
  );
  if (state.kind !== 'ready' || !week) return <ViewState state={state} />;
  return (
    <>
      <StaleNote faults={[state.fault, setupFault]} />
      {onPhone && <ColumnPicker columns={columns} columnId={date} onColumn={onPick} />}
      <BookPane
        records={records}
        unread={week.unread}
        emptyTitle={t('empty.weekTitle')}
        columns={shownColumns}
        appointments={week.appointments}
        dayStart={week.range.dayStart}
        dayEnd={week.range.dayEnd}
        now={week.now?.minutes ?? null}
        nowColumn={week.now?.columnId}
        slotMinutes={slotMinutes}
        pixelsPerMinute={zoom}
        openAt={week.range.openAt}
        onMove={move}
        onCreate={create}
        onOpen={onOpen}
        onBlock={onBlock}
        onHead={onDate}
      />
    </>
  );
}

const NONE: readonly never[] = [];
