import { useQuery } from '@tanstack/react-query';
import { type CSSProperties, type KeyboardEvent, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DayLoad } from '@/api/types';
import { addDays } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { monthPage, weekOf } from '../bookAddress';
import { loaded } from '../loaded';
import { loadsQuery } from '../queries';
import classes from './month.module.css';
import { type BookViewProps, StaleNote, ViewState } from './ViewState';

interface MonthViewProps extends Pick<BookViewProps, 'setupFault' | 'date' | 'filter'> {
  /** Opens the book of a day. */
  onDay(date: string): void;
  onDate(date: string): void;
}

/** How full each day of a month is: where there is room, and where the doctors are booked out. */
export function MonthView({ setupFault, date, filter, onDay, onDate }: MonthViewProps) {
  const { t } = useTranslation('scheduling');
  const { week, date: formatDate, today } = useFormat();
  const grid = useRef<HTMLTableElement>(null);
  const days = useMemo(() => monthPage(date, week.start), [date, week.start]);
  const loads = useQuery(loadsQuery(days, filter));
  const byDate = useMemo(() => new Map(loads.data?.map((load) => [load.date, load])), [loads.data]);
  const state = loaded([loads], loads.data ?? null);
  if (state.kind !== 'ready') return <ViewState state={state} />;

  const steps: Record<string, number> = { ArrowUp: -7, ArrowDown: 7 };
  const onKeyDown = (event: KeyboardEvent<HTMLTableElement>) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    const step = sideways ? (event.key === forward ? 1 : -1) : steps[event.key];
    if (!step) return;
    event.preventDefault();
    const target = addDays(date, step);
    onDate(target);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-day="${target}"]`)?.focus());
  };
  const weeks = Array.from({ length: days.length / 7 }, (_, index) => days.slice(index * 7, index * 7 + 7));
  return (
    <div className={classes.page}>
      <StaleNote faults={[state.fault, setupFault]} />
      <table
        className={classes.month}
        ref={grid}
        onKeyDown={onKeyDown}
        data-stale={loads.isPlaceholderData || undefined}
        aria-label={t('month.label', { month: formatDate(date, 'monthYear') })}
      >
        <thead>
          <tr>
            {weekOf(date, week.start).map((day) => (
              <th key={day} scope="col">
                <span className={classes.onDesk}>{formatDate(day, 'weekday')}</span>
                <span className={classes.onPhone}>{formatDate(day, 'weekdayShort')}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((row) => (
            <tr key={row[0]}>
              {row.map((day) => (
                <td key={day} data-outside={day.slice(0, 7) !== date.slice(0, 7) || undefined}>
                  <DayCell
                    date={day}
                    load={byDate.get(day)}
                    today={day === today()}
                    selected={day === date}
                    onOpen={() => onDay(day)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayCellProps {
  date: string;
  load: DayLoad | undefined;
  today: boolean;
  selected: boolean;
  onOpen(): void;
}

function DayCell({ date, load, today, selected, onOpen }: DayCellProps) {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const { count = 0, booked_minutes = 0, open_minutes = 0 } = load ?? {};
  const { cancelled = 0, no_shows = 0, overbooked = 0 } = load ?? {};
  const share = open_minutes > 0 ? Math.round((booked_minutes / open_minutes) * 100) : null;
  const percent = share === null ? null : format.number(share / 100, { style: 'percent' });
  const apart = [
    overbooked > 0 && t('month.overbooked', { count: overbooked }),
    no_shows > 0 && t('month.noShows', { count: no_shows }),
    cancelled > 0 && t('month.cancelled', { count: cancelled }),
  ].filter(Boolean);
  const words = [
    format.date(date, 'full'),
    open_minutes === 0 && t('month.closed'),
    t('appointments', { count }),
    percent && t('book.utilisation', { percent }),
    ...apart,
  ].filter(Boolean);
  return (
    <button
      type="button"
      className={classes.day}
      data-day={date}
      data-today={today || undefined}
      data-closed={open_minutes === 0 || undefined}
      data-full={(share !== null && share >= 100) || undefined}
      aria-label={words.join(', ')}
      aria-current={today ? 'date' : undefined}
      tabIndex={selected ? 0 : -1}
      onClick={onOpen}
      style={{ '--load': `${Math.min(100, share ?? 0)}%` } as CSSProperties}
    >
      <span className={classes.head}>
        <b>{format.number(Number(date.slice(8)))}</b>
        {percent && count > 0 && <span className={classes.percent}>{percent}</span>}
      </span>
      {count > 0 && <span className={classes.count}>{t('appointments', { count })}</span>}
      {count === 0 && open_minutes === 0 && <span className={classes.closed}>{t('month.closed')}</span>}
      {apart.length > 0 && <span className={classes.apart}>{apart.join(' · ')}</span>}
      {open_minutes > 0 && <span className={classes.bar} />}
    </button>
  );
}
