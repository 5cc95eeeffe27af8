import { Button } from '@mantine/core';
import { IconArmchair2 } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import type { ElementBox } from './book/types';
import { DayBookSkeleton } from './DayBookSkeleton';
import { DayBookToolbar } from './DayBookToolbar';
import { DayView } from './DayView';
import classes from './daybook.module.css';
import type { BookView } from './dayModel';
import type { NewSlot } from './newAppointment';
import { StatusLegend } from './StatusLegend';
import { useDay } from './useDay';
import { useStatusFlow } from './useStatusFlow';

// What opens on a click is not part of the first load.
const AppointmentDrawer = lazy(async () => ({
  default: (await import('./AppointmentDrawer')).AppointmentDrawer,
}));
const StatusMenu = lazy(async () => ({ default: (await import('./StatusMenu')).StatusMenu }));
const NewAppointmentDrawer = lazy(async () => ({
  default: (await import('./NewAppointmentDrawer')).NewAppointmentDrawer,
}));

/** The day book: one day of the clinic by chair or by doctor. */
export default function DayBookPage() {
  const { t } = useTranslation(['scheduling', 'common']);
  const format = useFormat();
  const can = useCan();
  const search = useSearch({ from: '/shell/' });
  const navigate = useNavigate({ from: '/' });
  const date = search.date ?? format.today();
  const view = search.by ?? 'chair';
  const branchId = search.branch ?? null;
  const [showCancelled, setShowCancelled] = useState(false);
  const [slot, setSlot] = useState<NewSlot | null>(null);
  const [menu, setMenu] = useState<{ id: string; anchor: ElementBox } | null>(null);
  const status = useStatusFlow();
  const state = useDay({ date, view, branchId, showCancelled, noChairTitle: t('book.noChair') });
  const day = state.kind === 'ready' ? state.day : null;
  const find = (id: string | undefined) => day?.records.appointments.find((item) => item.id === id);
  const menuFor = find(menu?.id);

  const go = useCallback(
    (changes: Partial<typeof search>, replace = false) =>
      void navigate({ search: (before) => ({ ...before, ...changes }), replace }),
    [navigate],
  );
  const openAppointment = useCallback((id: string) => go({ appointment: id }), [go]);
  const closeForm = () => {
    setSlot(null);
    if (search.new) go({ new: undefined, patient: undefined }, true);
  };
  const showStatusMenu = useCallback((id: string, anchor: ElementBox) => setMenu({ id, anchor }), []);

  return (
    <div className={classes.page}>
      <DayBookToolbar
        date={date}
        view={view}
        branchId={branchId}
        branches={day?.records.branches ?? []}
        count={day ? day.appointments.length : null}
        waiting={day?.appointments.filter((item) => item.status === 'arrived').length ?? 0}
        showCancelled={showCancelled}
        mayBook={can('scheduling.write')}
        onDate={(next) => go({ date: next === format.today() ? undefined : next })}
        onView={(next) => go({ by: next === 'chair' ? undefined : next }, true)}
        onBranch={(next) => go({ branch: next ?? undefined }, true)}
        onShowCancelled={setShowCancelled}
        onNew={() => go({ new: true })}
      />
      <div className={classes.body}>
        {state.kind === 'loading' && <DayBookSkeleton />}
        {state.kind === 'failed' && (
          <ErrorState
            title={t('failed')}
            message={errorMessage(state.error)}
            requestId={isApiError(state.error) ? state.error.requestId : null}
            onRetry={state.retry}
          />
        )}
        {state.kind === 'ready' && isApiError(state.fault) && (
          <p className={classes.stale} role="alert">
            {t('stale')} {errorMessage(state.fault)}
            <Button size="compact-sm" variant="light" onClick={state.retry}>
              {t('common:action.retry')}
            </Button>
          </p>
        )}
        {day &&
          (day.columns.length === 0 ? (
            <NoColumns view={view} />
          ) : (
            <DayView day={day} onCreate={setSlot} onOpen={openAppointment} onStatusMenu={showStatusMenu} />
          ))}
      </div>
      <footer className={classes.footer}>
        <StatusLegend cancelled={showCancelled} />
      </footer>

      <Suspense fallback={null}>
        {menu && menuFor && (
          <StatusMenu
            appointment={menuFor}
            anchor={menu.anchor}
            onPick={(next) => status.pick(menuFor, next)}
            onOpen={() => openAppointment(menuFor.id)}
            onClose={() => setMenu(null)}
          />
        )}
        {search.appointment && (
          <AppointmentDrawer
            id={search.appointment}
            known={find(search.appointment)}
            onPickStatus={status.pick}
            onClose={() => go({ appointment: undefined }, true)}
          />
        )}
        {day && (slot || search.new) && can('scheduling.write') && (
          <NewAppointmentDrawer
            day={day}
            slot={slot}
            patientId={search.patient}
            onBooked={(booked) => {
              setSlot(null);
              go(
                { new: undefined, patient: undefined, date: booked === format.today() ? undefined : booked },
                true,
              );
            }}
            onClose={closeForm}
          />
        )}
        {status.dialog}
      </Suspense>
    </div>
  );
}

/** Nothing to put appointments in: the clinic has not been set up yet. */
function NoColumns({ view }: { view: BookView }) {
  const { t } = useTranslation('scheduling');
  const can = useCan();
  const byChair = view === 'chair';
  const settings = byChair ? '/settings/branches' : '/settings/staff';
  const mayOpen = can(byChair ? 'clinic.write' : 'identity.manage_staff');
  return (
    <EmptyState
      icon={<IconArmchair2 size={26} stroke={1.6} />}
      title={t(byChair ? 'empty.noChairsTitle' : 'empty.noDoctorsTitle')}
      hint={t(byChair ? 'empty.noChairsText' : 'empty.noDoctorsText')}
      action={
        mayOpen && (
          <Button component={Link} to={settings}>
            {t('empty.toSettings')}
          </Button>
        )
      }
    />
  );
}
