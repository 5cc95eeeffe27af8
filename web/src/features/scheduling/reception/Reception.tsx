import { ActionIcon, Button, SegmentedControl } from '@mantine/core';
import { IconBellRinging, IconDeviceTv, IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useLayoutEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import { useSession } from '@/api/session';
import type { Appointment, Branch } from '@/api/types';
import { firstClick } from '@/lib/firstClick';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { typedEarly } from '@/lib/typedEarly';
import { ErrorState } from '@/ui/ErrorState';
import { PageHeader } from '@/ui/PageHeader';
import { ListSkeleton } from '@/ui/PageSkeleton';
import type { Fault } from '../loaded';
import { dayAppointmentsQuery } from '../queries';
import type { BookSetup } from '../useBookSetup';
import { useMayMove } from '../useMayMove';
import { useNow } from '../useNow';
import { useStatusFlow } from '../useStatusFlow';
import { StaleNote } from '../views/ViewState';
import { BoardColumns } from './BoardColumns';
import { BOARD_COLUMNS, type BoardColumn, boardOf, figuresOf, nextOf, occupantsOf } from './board';
import { storeBranch } from './deskBranch';
import { Figures } from './Figures';
import type { CardActs } from './ReceptionCard';
import { ReceptionFilters } from './ReceptionFilters';
import classes from './reception.module.css';
import { useCalls } from './useCalls';
import { useReceptionKeys } from './useReceptionKeys';
import { useSeating } from './useSeating';
import '../book/status.css';

const AppointmentDrawer = lazy(async () => ({
  default: (await import('../AppointmentDrawer')).AppointmentDrawer,
}));
const WalkInDrawer = lazy(() => import('./WalkInDrawer'));
const ScreenDialog = lazy(() => import('./ScreenDialog'));

const NOBODY: readonly Appointment[] = [];

interface ReceptionProps {
  setup: BookSetup;
  /** Why the setup may be out of date. */
  setupFault: Fault | null;
  branch: Branch;
}

export function Reception({ setup, setupFault, branch }: ReceptionProps) {
  const { t } = useTranslation(['reception', 'scheduling']);
  const format = useFormat();
  const can = useCan();
  const mayWrite = can('scheduling.write');
  const { staff_id: staffId } = useSession();
  const search = useSearch({ from: '/shell/reception' });
  const navigate = useNavigate({ from: '/reception' });
  const now = useNow();
  const status = useStatusFlow();
  const mayChange = useMayMove();
  const [shown, setShown] = useState<BoardColumn>('waiting');
  const [opened, setOpened] = useState<'walkIn' | 'screen' | null>(null);
  const date = format.today();
  const day = useQuery(dayAppointmentsQuery({ date, branchId: branch.id }));

  const chairs = setup.chairs.filter(({ branch_id }) => branch_id === branch.id);
  const chairName = (id: string) => format.name(setup.chairs.find((chair) => chair.id === id));
  const chairId = chairs.some(({ id, active }) => id === search.chair && active)
    ? (search.chair ?? null)
    : null;
  const doctorId = setup.doctors.some(({ id }) => id === search.doctor) ? (search.doctor ?? null) : null;
  const today = day.data ?? NOBODY;
  const board = boardOf(today, { date, doctorId });
  const next = nextOf(board);

  const go = (changes: Partial<typeof search>) =>
    void navigate({ search: (before) => ({ ...before, ...changes }), replace: true });
  const call = useCalls({ branchId: branch.id, doctorId, chairId }, chairName);
  const seating = useSeating({
    appointments: today,
    chairs,
    occupants: occupantsOf(today),
    chairId,
    chairName,
  });
  const acts: CardActs = {
    mayChange,
    pick: status.pick,
    call: ({ id }) => call.one.mutate(id),
    seat: seating.seat,
    open: (id) => go({ appointment: id }),
    chairName,
    busy: (call.one.isPending && call.one.variables) || seating.busy,
  };
  const callNext = () => {
    if (next && !call.next.isPending) call.next.mutate();
  };
  useReceptionKeys({
    onCallNext: () => mayWrite && callNext(),
    onWalkIn: () => mayWrite && setOpened('walkIn'),
  });
  useLayoutEffect(() => (opened === 'walkIn' ? typedEarly.wait() : undefined), [opened]);
  const count = board.waiting.length;
  return (
    <div className={classes.page}>
      <PageHeader
        title={t('title')}
        meta={format.date(date, 'full')}
        actions={
          <>
            {can('scheduling.set_up') && (
              <ActionIcon
                variant="default"
                size="var(--control)"
                aria-label={t('screen.button')}
                title={t('screen.button')}
                onClick={() => setOpened('screen')}
              >
                <IconDeviceTv size={18} />
              </ActionIcon>
            )}
            {mayWrite && (
              <>
                <Button
                  variant="default"
                  leftSection={<IconUserPlus size={18} />}
                  aria-keyshortcuts="W"
                  title="W"
                  onClick={() => setOpened('walkIn')}
                >
                  {t('walkIn')}
                </Button>
                <Button
                  leftSection={<IconBellRinging size={18} />}
                  aria-keyshortcuts="C"
                  loading={call.next.isPending}
                  disabled={!next}
                  title={next ? 'C' : t('nobodyToCall')}
                  onClick={firstClick(callNext)}
                >
                  {t('callNext')}
                </Button>
              </>
            )}
          </>
        }
      >
        <ReceptionFilters
          setup={setup}
          chairs={chairs}
          chosen={{ branch: branch.id, doctor: doctorId, chair: chairId }}
          callsTo={mayWrite}
          onBranch={(id) => {
            storeBranch(id);
            go({ branch: id, chair: undefined });
          }}
          onDoctor={(id) => go({ doctor: id ?? undefined })}
          onChair={(id) => go({ chair: id ?? undefined })}
        />
      </PageHeader>
      {day.error && !day.data ? (
        <ErrorState
          title={t('scheduling:failed')}
          message={errorMessage(day.error)}
          requestId={isApiError(day.error) ? day.error.requestId : null}
          onRetry={() => void day.refetch()}
        />
      ) : !day.data ? (
        <ListSkeleton rows={8} />
      ) : (
        <>
          <StaleNote
            faults={[setupFault, day.error ? { error: day.error, retry: () => void day.refetch() } : null]}
          />
          <p role="status" className={classes.spoken}>
            {t('live', { count })}
          </p>
          <Figures figures={figuresOf(board, setup.clinic, now)} />
          <SegmentedControl
            className={classes.tabs ?? ''}
            fullWidth
            aria-label={t('columns')}
            value={shown}
            onChange={(column) => setShown(column as BoardColumn)}
            data={BOARD_COLUMNS.map((column) => ({
              value: column,
              label: `${t(`column.${column}`)} ${format.number(board[column].length)}`,
            }))}
          />
          <BoardColumns board={board} shown={shown} next={next} limits={setup.clinic} now={now} acts={acts} />
        </>
      )}
      <Suspense fallback={null}>
        {search.appointment && (
          <AppointmentDrawer
            id={search.appointment}
            onPickStatus={status.pick}
            onCopy={(copy) => void navigate({ to: '/', search: { new: true, copy } })}
            onClose={() => go({ appointment: undefined })}
          />
        )}
        {opened === 'walkIn' && (
          <WalkInDrawer
            branchId={branch.id}
            doctors={setup.doctors}
            doctorId={doctorId ?? (setup.doctors.some(({ id }) => id === staffId) ? staffId : null)}
            expected={boardOf(today, { date, doctorId: null }).expected}
            onArrived={(appointment) => {
              setOpened(null);
              status.pick(appointment, 'arrived');
            }}
            onClose={() => setOpened(null)}
          />
        )}
        {opened === 'screen' && <ScreenDialog branch={branch} onClose={() => setOpened(null)} />}
        {seating.dialog}
        {status.dialog}
      </Suspense>
    </div>
  );
}
