import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import { LatePanel, latePanel } from '@/ui/LatePanel';
import { BOOK_VIEWS, type BookViewName, turned, weekOf } from './bookAddress';
import classes from './toolbar.module.css';

const dayPopover = latePanel(() => import('./DayPopover'));

export interface BookToolbarProps {
  date: string;
  view: BookViewName;
  mayBook: boolean;
  /** How many appointments, and who waits. */
  counts: ReactNode;
  /** Filters and layout. */
  children: ReactNode;
  onDate(date: string): void;
  onView(view: BookViewName): void;
  onNew(): void;
}

export function BookToolbar({ date, view, mayBook, counts, children, ...on }: BookToolbarProps) {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const today = format.today();
  const unit = view === 'week' || view === 'month' ? view : 'day';
  return (
    <header className={classes.toolbar}>
      <Button variant="default" onClick={() => on.onDate(today)} disabled={date === today} title="T">
        {t('toolbar.today')}
      </Button>
      <div className={classes.days}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t(`toolbar.previous.${unit}`)}
          onClick={() => on.onDate(turned(date, view, -1))}
        >
          <IconChevronLeft size={20} className="mirror" />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t(`toolbar.next.${unit}`)}
          onClick={() => on.onDate(turned(date, view, 1))}
        >
          <IconChevronRight size={20} className="mirror" />
        </ActionIcon>
      </div>
      <div className={classes.heading}>
        <PageTitle date={date} view={view} onDate={on.onDate} />
        <p className={classes.meta}>
          {unit === 'day' && <bdi>{format.hijri(date)}</bdi>}
          {counts}
        </p>
      </div>
      <div className={classes.actions}>
        {children}
        <SegmentedControl
          className={classes.views}
          aria-label={t('toolbar.view')}
          value={view}
          onChange={(next) => on.onView(next as BookViewName)}
          data={BOOK_VIEWS.map((value) => ({ value, label: t(`toolbar.views.${value}`) }))}
        />
        <Button
          className={classes.newButton}
          onClick={on.onNew}
          leftSection={<IconPlus size={18} />}
          disabled={!mayBook}
          title={mayBook ? undefined : t('toolbar.mayNotBook')}
        >
          {t('toolbar.newAppointment')}
        </Button>
      </div>
    </header>
  );
}

interface PageTitleProps {
  date: string;
  view: BookViewName;
  onDate(date: string): void;
}

function PageTitle({ date, view, onDate }: PageTitleProps) {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const week = weekOf(date, format.week.start);
  const title = {
    day: format.date(date, 'full'),
    agenda: format.date(date, 'full'),
    week: format.dateRange(week[0] ?? date, week[6] ?? date),
    month: format.date(date, 'monthYear'),
  }[view];
  const short =
    view === 'day' || view === 'agenda'
      ? `${format.date(date, 'weekday')} ${format.date(date, 'medium')}`
      : title;
  return (
    <h1 className={classes.title}>
      <LatePanel of={dayPopover} props={{ date, onDate }} popup="dialog">
        {(button) => (
          <button {...button} type="button" className={classes.titleButton} title={t('toolbar.chooseDate')}>
            <span className={classes.onDesk}>{title}</span>
            <span className={classes.onPhone}>{short}</span>
          </button>
        )}
      </LatePanel>
    </h1>
  );
}
