import { ActionIcon, Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconChevronLeft, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Branch } from '@/api/types';
import { addDays } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { LatePanel, latePanel } from '@/ui/LatePanel';
import classes from './daybook.module.css';
import type { BookView } from './dayModel';

const dayPopover = latePanel(() => import('./DayPopover'));
const viewMenu = latePanel(() => import('./ViewMenu'));

export interface DayBookToolbarProps {
  date: string;
  view: BookView;
  branchId: string | null;
  branches: readonly Branch[];
  /** Null while it is not known. */
  count: number | null;
  waiting: number;
  showCancelled: boolean;
  mayBook: boolean;
  onDate(date: string): void;
  onView(view: BookView): void;
  onBranch(id: string | null): void;
  onShowCancelled(show: boolean): void;
  onNew(): void;
}

export function DayBookToolbar(props: DayBookToolbarProps) {
  const { date, view, count, waiting, mayBook } = props;
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const today = format.today();
  const counts = [
    count === null ? '' : t('appointments', { count }),
    waiting > 0 ? t('waitingNow', { count: waiting }) : '',
  ].filter(Boolean);
  return (
    <header className={classes.toolbar}>
      <Button variant="default" onClick={() => props.onDate(today)} disabled={date === today}>
        {t('toolbar.today')}
      </Button>
      <div className={classes.days}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('toolbar.previousDay')}
          onClick={() => props.onDate(addDays(date, -1))}
        >
          <IconChevronLeft size={20} className="mirror" />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('toolbar.nextDay')}
          onClick={() => props.onDate(addDays(date, 1))}
        >
          <IconChevronRight size={20} className="mirror" />
        </ActionIcon>
      </div>
      <div className={classes.heading}>
        <DateTitle date={date} onDate={props.onDate} />
        <p className={classes.meta}>
          <bdi>{format.hijri(date)}</bdi>
          {counts.length > 0 && <span aria-live="polite">· {counts.join(' · ')}</span>}
        </p>
      </div>
      <div className={classes.actions}>
        <BranchSelect {...props} />
        <LatePanel of={viewMenu} props={props}>
          {(button) => (
            <ActionIcon {...button} variant="subtle" color="gray" aria-label={t('toolbar.layout')}>
              <IconAdjustmentsHorizontal size={20} />
            </ActionIcon>
          )}
        </LatePanel>
        <SegmentedControl
          className={classes.views}
          aria-label={t('toolbar.columnsBy')}
          value={view}
          onChange={(next) => props.onView(next as BookView)}
          data={[
            { value: 'chair', label: t('toolbar.byChair') },
            { value: 'doctor', label: t('toolbar.byDoctor') },
          ]}
        />
        <Button
          className={classes.newButton}
          onClick={props.onNew}
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

function DateTitle({ date, onDate }: { date: string; onDate(date: string): void }) {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  return (
    <h1 className={classes.title}>
      <LatePanel of={dayPopover} props={{ date, onDate }} popup="dialog">
        {(button) => (
          <button {...button} type="button" className={classes.titleButton} title={t('toolbar.chooseDate')}>
            <span className={classes.onDesk}>{format.date(date, 'full')}</span>
            <span className={classes.onPhone}>
              {format.date(date, 'weekday')} {format.date(date, 'medium')}
            </span>
          </button>
        )}
      </LatePanel>
    </h1>
  );
}

function BranchSelect({ branches, branchId, onBranch }: DayBookToolbarProps) {
  const { t } = useTranslation('scheduling');
  const { name: nameOf } = useFormat();
  const open = branches.filter((branch) => branch.active || branch.id === branchId);
  if (open.length < 2) return null;
  return (
    <NativeSelect
      className={classes.branch}
      aria-label={t('toolbar.branch')}
      data={[
        { value: '', label: t('toolbar.allBranches') },
        ...open.map((branch) => ({ value: branch.id, label: nameOf(branch) })),
      ]}
      value={branchId ?? ''}
      onChange={(event) => onBranch(event.currentTarget.value || null)}
    />
  );
}
