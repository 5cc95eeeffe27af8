import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setSessionEndedHandler } from '@/api/client';
import { startLive } from '@/api/live';
import { sessionQuery, signingOut, useSession } from '@/api/session';
import type { Session, WeekDay } from '@/api/types';
import { useLocale } from '@/i18n/i18n';
import { draft } from '@/lib/draft';
import { type ClinicWeek, FormatProvider } from '@/lib/format-context';
import { PermissionProvider } from '@/lib/permissions';
import { ConnectionBar } from '@/ui/ConnectionBar';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { BottomNav, Sidebar } from './Navigation';
import classes from './Shell.module.css';
import { TopBar } from './TopBar';
import { useAccountPreferences } from './useAccountPreferences';

export function Shell() {
  const session = useSession();
  const locale = useLocale();
  // Before any form looks for a draft of its own.
  useState(() => draft.keepFor(session.account.id));
  const { week_start, weekend } = session.clinic;
  const week = useMemo(() => clinicWeek(week_start, weekend), [week_start, weekend]);
  useAccountPreferences(session);
  useLiveEvents();
  useSessionEnd();
  return (
    <PermissionProvider granted={session}>
      <FormatProvider
        locale={locale}
        digits={session.clinic.digits}
        timeZone={session.clinic.time_zone}
        week={week}
        country={session.clinic.country}
      >
        <Frame demo={session.demo} />
      </FormatProvider>
    </PermissionProvider>
  );
}

const WEEK_DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const WEEK_STARTS = { sunday: 0, monday: 1, saturday: 6 } as const;

const clinicWeek = (start: Session['clinic']['week_start'], weekend: readonly WeekDay[]): ClinicWeek => ({
  start: WEEK_STARTS[start],
  weekend: weekend.map((day) => WEEK_DAYS.indexOf(day)),
});

function Frame({ demo }: { demo: boolean }) {
  const { t } = useTranslation();
  const main = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [firstPath] = useState(path);
  useEffect(() => {
    // A screen reader starts at the new page, not at the link that led to it.
    if (path !== firstPath) main.current?.focus({ preventScroll: true });
  }, [path, firstPath]);

  return (
    <div className={classes.shell}>
      <a href="#content" className={classes.skip}>
        {t('nav.skip')}
      </a>
      <Sidebar />
      <div className={classes.top}>
        <TopBar />
        <ConnectionBar />
        {demo && <p className={`${classes.demo} no-print`}>{t('demo.banner')}</p>}
      </div>
      <main className={classes.main} id="content" ref={main} tabIndex={-1}>
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomNav />
    </div>
  );
}

function useLiveEvents() {
  const client = useQueryClient();
  useEffect(() => startLive(client), [client]);
}

/** When the server says nobody is signed in, ask for the password and come back here. */
function useSessionEnd() {
  const client = useQueryClient();
  const navigate = useNavigate();
  useEffect(() => {
    signingOut.over();
    const end = () => {
      if (signingOut.underWay() || window.location.pathname === '/sign-in') return;
      const next = window.location.pathname + window.location.search;
      void navigate({ to: '/sign-in', search: { next: next === '/' ? undefined : next, ended: true } }).then(
        () => client.clear(),
      );
    };
    setSessionEndedHandler(end);
    const watch = client.getQueryCache().subscribe((event) => {
      const isSession = event.query.queryHash === JSON.stringify(sessionQuery.queryKey);
      const status = (event.query.state.error as { status?: number } | null)?.status;
      if (isSession && event.type === 'updated' && event.action.type === 'error' && status === 401) end();
    });
    return () => {
      setSessionEndedHandler(() => {});
      watch();
    };
  }, [client, navigate]);
}
