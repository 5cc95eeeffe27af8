import { lazy } from 'react';
import type { BookViewName } from '../bookAddress';
import { DayView } from './DayView';
import type { Whose } from './useWeek';
import type { BookViewProps } from './ViewState';

const WeekView = lazy(async () => ({ default: (await import('./WeekView')).WeekView }));
const MonthView = lazy(async () => ({ default: (await import('./MonthView')).MonthView }));
const AgendaView = lazy(async () => ({ default: (await import('./AgendaView')).AgendaView }));

interface ViewProps extends BookViewProps {
  view: BookViewName;
  axis: 'chair' | 'doctor';
  whose: Whose | null;
  printing: boolean;
  onPrinted(): void;
  onDay(date: string): void;
  onDate(date: string): void;
}

/** The view that the address asks for. What is not the day is fetched when it is opened. */
export function BookView({ view, axis, whose, printing, onPrinted, onDay, onDate, ...page }: ViewProps) {
  switch (view) {
    case 'day':
      return <DayView {...page} axis={axis} />;
    case 'week':
      return <WeekView {...page} whose={whose} onDate={onDay} onPick={onDate} />;
    case 'month':
      return <MonthView {...page} onDay={onDay} onDate={onDate} />;
    case 'agenda':
      return <AgendaView {...page} printing={printing} onPrinted={onPrinted} />;
  }
}
