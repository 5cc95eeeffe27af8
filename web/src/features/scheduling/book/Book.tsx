import {
  type CSSProperties,
  type RefObject,
  useCallback,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import './book.css';
import { BookColumn } from './BookColumn';
import { BookHeader } from './BookHeader';
import { clashes } from './clash';
import { type DayScale, minuteToY } from './geometry';
import { byTime } from './navigation';
import type {
  BookAppointment,
  BookColumnData,
  BookLabels,
  BookTimes,
  ElementBox,
  Placement,
  Span,
} from './types';
import { useBookDrag } from './useBookDrag';
import { useBookHover } from './useBookHover';
import { useBookKeyboard } from './useBookKeyboard';
import { usePlacements } from './usePlacements';

const MINUTES_ABOVE = 20;

export interface BookProps {
  columns: readonly BookColumnData[];
  appointments: readonly BookAppointment[];
  dayStart: number;
  dayEnd: number;
  /** Minutes from local midnight, or null on any day but today. */
  now: number | null;
  /** The only column that has a now, where the columns are days. */
  nowColumn?: string | undefined;
  slotMinutes: number;
  pixelsPerMinute: number;
  /** The minute to show at the top when the book opens. */
  openAt: number;
  times: BookTimes;
  labels: BookLabels;
  readOnly?: boolean;
  /** A rejected promise puts the appointment back. */
  onMove(id: string, columnId: string, start: number, end: number): Promise<unknown>;
  onCreate(columnId: string, start: number, end: number): void;
  onOpen(id: string): void;
  /** A click on time that is blocked. */
  onBlock(id: string): void;
  onStatusMenu(id: string, anchor: ElementBox): void;
  /** The mouse rests on a card, or has left it. */
  onHover?(id: string | null, anchor?: ElementBox): void;
  /** A click on the head of a column. */
  onHead?(columnId: string): void;
}

/** The appointment book of one day: a column for each chair or doctor, time from top to bottom. */
export function Book(props: BookProps) {
  const { columns, dayStart, dayEnd, nowColumn, openAt, slotMinutes, pixelsPerMinute } = props;
  const { times, labels, onMove, onCreate, readOnly = false } = props;
  // Long before or after the day that is drawn there is nothing to point at.
  const now = props.now !== null && props.now >= dayStart && props.now <= dayEnd ? props.now : null;
  const scroller = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const [announcement, setAnnouncement] = useState('');
  const scale = useMemo<DayScale>(
    () => ({ dayStart, dayEnd, pixelsPerMinute }),
    [dayStart, dayEnd, pixelsPerMinute],
  );

  const save = useCallback(
    (id: string, { columnId, start, end }: Placement) => onMove(id, columnId, start, end),
    [onMove],
  );
  const { placed, commit, nudge, endNudge } = usePlacements(props.appointments, save);
  const lists = useColumnLists(columns, placed);

  useBookDrag(scroller, {
    scale,
    slotMinutes,
    times,
    appointments: placed,
    readOnly,
    onMove: (id: string, columnId: string, span: Span) => commit(id, { ...span, columnId }),
    onCreate: (columnId: string, span: Span) => onCreate(columnId, span.start, span.end),
    onOpen: props.onOpen,
    onBlock: props.onBlock,
    onStatusMenu: props.onStatusMenu,
  });
  useBookKeyboard(scroller, {
    scale,
    columns,
    lists,
    slotMinutes,
    openAt,
    readOnly,
    freeLabel: (columnId, { start, end }) => {
      const column = columns.find(({ id }) => id === columnId);
      return labels.free(column?.title ?? '', times.range(start, end));
    },
    onCreate: (columnId, span) => onCreate(columnId, span.start, span.end),
    onNudge: (appointment, placement) => {
      nudge(appointment, placement);
      const column = columns.find(({ id }) => id === placement.columnId);
      const place = labels.placed(column?.title ?? '', times.range(placement.start, placement.end));
      const taken = clashes(props.appointments, appointment, placement);
      setAnnouncement(taken ? `${place}, ${labels.clash}` : place);
    },
    onNudgeEnd: endNudge,
    onOpen: props.onOpen,
    onStatusMenu: props.onStatusMenu,
  });

  useBookHover(scroller, props.onHover);
  useKeptMinute(scroller, scale);

  // Only when the book opens: afterwards the place belongs to the user.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = minuteToY(openAt - MINUTES_ABOVE, scale);
  }, []);

  const style = {
    '--book-columns': columns.length,
    '--book-minutes': dayEnd - dayStart,
    '--book-ppm': pixelsPerMinute,
    '--book-slot': slotMinutes,
    '--book-lead': (60 - (dayStart % 60)) % 60,
  } as CSSProperties;

  return (
    <section
      className="book"
      ref={scroller}
      aria-label={labels.region}
      aria-describedby={helpId}
      // Without a card to focus, the keyboard still has to scroll it.
      tabIndex={placed.length === 0 ? 0 : undefined}
      data-readonly={readOnly || undefined}
    >
      <div className="book-grid" style={style}>
        <BookHeader columns={columns} lists={lists} labels={labels} today={nowColumn} onHead={props.onHead} />
        <Gutter scale={scale} times={times} now={now} nowLabel={labels.now} />
        {columns.map((column, index) => (
          <BookColumn
            key={column.id}
            column={column}
            list={lists[index] ?? []}
            scale={scale}
            times={times}
            labels={labels}
          />
        ))}
        {now !== null && (
          <div
            className="book-now"
            style={
              {
                '--book-y': `${minuteToY(now, scale)}px`,
                ...nowColumnStyle(columns.findIndex(({ id }) => id === nowColumn)),
              } as CSSProperties
            }
          />
        )}
      </div>
      <p id={helpId} className="book-unseen">
        {labels.keyboardHelp}
      </p>
      <p className="book-unseen" aria-live="polite">
        {announcement}
      </p>
    </section>
  );
}

/** Across one column only, or all of them. */
function nowColumnStyle(column: number): CSSProperties {
  if (column < 0) return {};
  const width = 'calc((100% - var(--book-gutter-size)) / var(--book-columns))';
  return {
    insetInlineStart: `calc(var(--book-gutter-size) + ${column} * ${width})`,
    insetInlineEnd: 'auto',
    inlineSize: width,
  };
}

/** Zooming keeps the time at the top where it is. */
function useKeptMinute(scrollerRef: RefObject<HTMLDivElement | null>, scale: DayScale) {
  const before = useRef(scale);
  useLayoutEffect(() => {
    const { pixelsPerMinute } = before.current;
    before.current = scale;
    const scroller = scrollerRef.current;
    if (scroller && pixelsPerMinute !== scale.pixelsPerMinute) {
      scroller.scrollTop *= scale.pixelsPerMinute / pixelsPerMinute;
    }
  }, [scrollerRef, scale]);
}

interface GutterProps {
  scale: DayScale;
  times: BookTimes;
  now: number | null;
  nowLabel: string;
}

function Gutter({ scale, times, now, nowLabel }: GutterProps) {
  const hours: number[] = [];
  for (let hour = Math.ceil((scale.dayStart + 1) / 60) * 60; hour < scale.dayEnd; hour += 60) {
    hours.push(hour);
  }
  return (
    <div className="book-gutter">
      {hours.map((hour) => (
        <div key={hour} className="book-hour" style={{ insetBlockStart: minuteToY(hour, scale) }}>
          {times.time(hour)}
        </div>
      ))}
      {now !== null && (
        <div className="book-now-pill" style={{ insetBlockStart: minuteToY(now, scale) }}>
          <span className="book-unseen">{nowLabel} </span>
          {times.short(now)}
        </div>
      )}
    </div>
  );
}

/** Sorted appointments by column. A column in which nothing changed keeps its array, so memo skips it. */
function useColumnLists(
  columns: readonly BookColumnData[],
  appointments: readonly BookAppointment[],
): ReadonlyArray<readonly BookAppointment[]> {
  const previous = useRef(new Map<string, readonly BookAppointment[]>());
  return useMemo(() => {
    const fresh = new Map<string, BookAppointment[]>(columns.map(({ id }) => [id, []]));
    for (const appointment of appointments) fresh.get(appointment.columnId)?.push(appointment);
    const kept = new Map<string, readonly BookAppointment[]>();
    for (const [id, list] of fresh) {
      list.sort(byTime);
      const before = previous.current.get(id);
      const same = before?.length === list.length && before.every((item, index) => item === list[index]);
      kept.set(id, same ? before : list);
    }
    previous.current = kept;
    return columns.map(({ id }) => kept.get(id) ?? []);
  }, [columns, appointments]);
}
