import { ActionIcon } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useLayoutEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { typedEarly } from '@/lib/typedEarly';
import { LatePanel, latePanel } from '@/ui/LatePanel';
import { AxisSwitch } from './AxisSwitch';
import { BookCounts } from './BookCounts';
import { BookFilters } from './BookFilters';
import { BookToolbar } from './BookToolbar';
import { useBlocks } from './blocks/useBlocks';
import { type BookViewName, filterOf, turned } from './bookAddress';
import classes from './daybook.module.css';
import type { NewSlot, PlannedWork } from './newAppointment';
import { FindTimeButton } from './openings/FindTimeButton';
import { type HeldSlot, releaseHold } from './openings/holdSlot';
import { usePinboard } from './openings/usePinboard';
import { StatusLegend } from './StatusLegend';
import { useBookSetup } from './useBookSetup';
import { useBookShortcuts } from './useBookShortcuts';
import { useStatusFlow } from './useStatusFlow';
import { useZoom } from './useZoom';
import { BookView } from './views/BookView';
import { ViewState } from './views/ViewState';
import { addressOf, WhoseSelect, whoseWeek } from './WhoseSelect';

const layoutMenu = latePanel(() => import('./BookLayoutMenu'));
// What opens on a click is not part of the first load.
const AppointmentDrawer = lazy(async () => ({
  default: (await import('./AppointmentDrawer')).AppointmentDrawer,
}));
const NewAppointmentDrawer = lazy(async () => ({
  default: (await import('./NewAppointmentDrawer')).NewAppointmentDrawer,
}));
const FindOpeningPanel = lazy(async () => ({
  default: (await import('./openings/FindOpeningPanel')).FindOpeningPanel,
}));
const Pinboard = lazy(async () => ({ default: (await import('./openings/Pinboard')).Pinboard }));
const ShortcutsSheet = lazy(async () => ({ default: (await import('./ShortcutsSheet')).ShortcutsSheet }));

const FORM_CLOSED = {
  new: undefined,
  patient: undefined,
  copy: undefined,
  items: undefined,
  minutes: undefined,
  doctor_id: undefined,
  type_id: undefined,
  reason: undefined,
} as const;

/** The appointment book. Its address says which page of it is open; the views below draw it. */
export default function DayBookPage() {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const mayWrite = useCan()('scheduling.write');
  const { staff_id: staffId } = useSession();
  const search = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const date = search.date ?? format.today();
  const view = search.view ?? 'day';
  const axis = search.by ?? 'chair';
  const [showCancelled, setShowCancelled] = useState(false);
  const [slot, setSlot] = useState<NewSlot | null>(null);
  const [finding, setFinding] = useState(false);
  const [held, setHeld] = useState<HeldSlot | null>(null);
  const board = usePinboard();
  const [printing, setPrinting] = useState(false);
  const [helping, setHelping] = useState(false);
  const zoom = useZoom();
  const status = useStatusFlow();
  const setupState = useBookSetup();
  const setup = setupState.kind === 'ready' ? setupState.value : null;
  const { branch, doctor, statuses } = search;
  const filter = useMemo(
    () => filterOf({ branch, doctor, statuses }, setup),
    [branch, doctor, statuses, setup],
  );

  const go = useCallback(
    (changes: Partial<typeof search>, replace = false) =>
      void navigate({ search: (before) => ({ ...before, ...changes }), replace }),
    [navigate],
  );
  const goDate = (next: string, more: Partial<typeof search> = {}, replace = false) =>
    go({ date: next === format.today() ? undefined : next, ...more }, replace);
  const goView = (next: BookViewName) => go({ view: next === 'day' ? undefined : next }, true);
  const goAxis = (next: 'chair' | 'doctor') => go({ by: next === 'chair' ? undefined : next }, true);
  const openAppointment = useCallback((id: string) => go({ appointment: id }), [go]);
  const whose = setup && whoseWeek(setup, search, staffId);
  const blocks = useBlocks({
    setup,
    date,
    of: view === 'week' ? (whose && 'chairId' in whose ? 'chair' : 'doctor') : axis,
    asked: search.block === true && mayWrite,
    onClosed: () => go({ block: undefined }, true),
  });
  const printed = useCallback(() => setPrinting(false), []);
  const print = () => {
    goView('agenda');
    setPrinting(true);
  };
  const closeForm = () => {
    setSlot(null);
    if (held) releaseHold(held.id);
    setHeld(null);
    if (search.new) go(FORM_CLOSED, true);
  };
  const booking = mayWrite && Boolean(slot || held || search.new);
  useLayoutEffect(() => (booking ? typedEarly.wait() : undefined), [booking]);
  useBookShortcuts({
    onNew: () => mayWrite && go({ new: true }),
    onBlock: () => mayWrite && go({ block: true }),
    onView: goView,
    onToday: () => goDate(format.today()),
    onTurn: (pages) => goDate(turned(date, view, pages)),
    onZoom: (by) => (by > 0 ? zoom.zoomIn() : zoom.zoomOut()),
    onHelp: () => setHelping(true),
  });
  const page = setupState.kind === 'ready' && {
    setup: setupState.value,
    setupFault: setupState.fault,
    date,
    filter,
    showCancelled,
    zoom: zoom.pixelsPerMinute,
    onCreate: board.chosen ? board.place : setSlot,
    onOpen: openAppointment,
    onBlock: blocks.show,
  };
  return (
    <div className={classes.page}>
      <BookToolbar
        date={date}
        view={view}
        mayBook={mayWrite}
        counts={(view === 'day' || view === 'agenda') && <BookCounts date={date} filter={filter} />}
        onDate={(next) => goDate(next)}
        onView={goView}
        onNew={() => go({ new: true })}
      >
        {setup && view === 'week' && (
          <WhoseSelect
            setup={setup}
            whose={whose}
            onWhose={(next) => go({ doctor: undefined, chair: undefined, ...addressOf(next) }, true)}
          />
        )}
        {mayWrite && <FindTimeButton onClick={() => setFinding(true)} />}
        {view === 'day' && <AxisSwitch axis={axis} onAxis={goAxis} />}
        <BookFilters
          filter={filter}
          branches={setup?.branches ?? []}
          doctors={view === 'week' ? undefined : (setup?.doctors ?? [])}
          showCancelled={showCancelled}
          onFilter={(next) =>
            go(
              {
                branch: next.branchId ?? undefined,
                doctor: next.doctorId ?? undefined,
                statuses: next.statuses.join(',') || undefined,
              },
              true,
            )
          }
          onShowCancelled={setShowCancelled}
        />
        <LatePanel
          of={layoutMenu}
          props={{
            zoom: view === 'day' || view === 'week' ? zoom : null,
            axis,
            onAxis: view === 'day' ? goAxis : undefined,
            onPrint: print,
            onHelp: () => setHelping(true),
          }}
        >
          {(button) => (
            <ActionIcon {...button} variant="subtle" color="gray" aria-label={t('toolbar.layout')}>
              <IconAdjustmentsHorizontal size={20} />
            </ActionIcon>
          )}
        </LatePanel>
      </BookToolbar>
      <div className={classes.body}>
        {page ? (
          <Suspense fallback={<ViewState state={setupState} />}>
            <BookView
              {...page}
              view={view}
              axis={axis}
              whose={whose}
              printing={printing}
              onPrinted={printed}
              onDay={(day) => goDate(day, { view: undefined })}
              onDate={(day) => goDate(day, {}, true)}
            />
          </Suspense>
        ) : (
          <ViewState state={setupState} />
        )}
      </div>
      {board.pins.length > 0 && mayWrite && (
        <Suspense fallback={null}>
          <Pinboard board={board} />
        </Suspense>
      )}
      {(view === 'day' || view === 'week') && (
        <footer className={classes.footer}>
          <StatusLegend cancelled={showCancelled} />
        </footer>
      )}
      <Suspense fallback={null}>
        {search.appointment && (
          <AppointmentDrawer
            id={search.appointment}
            onPickStatus={status.pick}
            onCopy={(id) => go({ appointment: undefined, new: true, copy: id })}
            onPark={(appointment) => {
              board.park(appointment);
              go({ appointment: undefined }, true);
            }}
            onClose={() => go({ appointment: undefined }, true)}
          />
        )}
        {setup && finding && (
          <FindOpeningPanel
            setup={setup}
            branchId={filter.branchId}
            doctorId={filter.doctorId}
            onHeld={(kept) => {
              setFinding(false);
              setHeld(kept);
            }}
            onClose={() => setFinding(false)}
          />
        )}
        {setup && booking && (
          <NewAppointmentDrawer
            setup={setup}
            date={date}
            slot={slot}
            patientId={search.patient}
            copyId={search.copy}
            held={held}
            planned={plannedOf(search)}
            onBlock={() => {
              blocks.make(slot);
              closeForm();
            }}
            onBooked={(booked) => {
              setSlot(null);
              setHeld(null);
              goDate(booked, FORM_CLOSED, true);
            }}
            onClose={closeForm}
          />
        )}
        {helping && <ShortcutsSheet onClose={() => setHelping(false)} />}
        {blocks.drawer}
        {status.dialog}
      </Suspense>
    </div>
  );
}

interface Wished {
  items?: string | undefined;
  minutes?: number | undefined;
  doctor_id?: string | undefined;
  type_id?: string | undefined;
  reason?: string | undefined;
}

/** What a treatment plan or a worklist wants booked. */
function plannedOf({ items, minutes, doctor_id, type_id, reason }: Wished): PlannedWork | null {
  if (!items && !minutes && !doctor_id && !type_id && !reason) return null;
  return {
    items: items?.split(',') ?? [],
    minutes: minutes ?? null,
    doctorId: doctor_id ?? null,
    typeId: type_id ?? null,
    reason: reason ?? '',
  };
}
