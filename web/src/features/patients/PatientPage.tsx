import { Button } from '@mantine/core';
import { IconCalendarPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams, useRouterState } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Permission, useCan } from '@/lib/permissions';
import { PageSkeleton } from '@/ui/PageSkeleton';
import PatientHeader from './PatientHeader';
import classes from './patients.module.css';
import { headerQuery } from './queries';

const TABS = [
  { to: '/patients/$patientId', label: 'tabs.overview', permission: 'patients.read' },
  { to: '/patients/$patientId/history', label: 'tabs.history', permission: 'patients.read_history' },
  { to: '/patients/$patientId/chart', label: 'tabs.chart', permission: 'charting.read' },
  { to: '/patients/$patientId/periodontal', label: 'tabs.periodontal', permission: 'periodontal.read' },
  { to: '/patients/$patientId/plans', label: 'tabs.plans', permission: 'planning.read' },
  { to: '/patients/$patientId/visits', label: 'tabs.visits', permission: 'records.read' },
  { to: '/patients/$patientId/invoices', label: 'tabs.invoices', permission: 'billing.read' },
] as const satisfies readonly { to: string; label: string; permission: Permission }[];

export default function PatientPage() {
  const { t } = useTranslation('patients');
  const can = useCan();
  const { patientId } = useParams({ from: '/shell/patients/$patientId' });
  // Without the patient there is nothing to show in a tab: the header alone tells what went wrong.
  const unknown = useQuery(headerQuery(patientId)).isLoadingError;
  return (
    <>
      <PatientHeader
        patientId={patientId}
        action={
          can('scheduling.write') && (
            <Button
              leftSection={<IconCalendarPlus size={18} />}
              renderRoot={(props) => <Link to="/" search={{ new: true, patient: patientId }} {...props} />}
            >
              {t('header.newAppointment')}
            </Button>
          )
        }
      >
        <Tabs patientId={patientId} />
      </PatientHeader>
      {!unknown && (
        // Another patient is another page: nothing of the last one may stay while the next is loading.
        <div key={patientId} className={classes.tabBody}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </div>
      )}
    </>
  );
}

function Tabs({ patientId }: { patientId: string }) {
  const { t } = useTranslation('patients');
  const can = useCan();
  const bar = useRef<HTMLElement>(null);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // On a phone the tab one is on may lie outside the bar.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address is another current tab
  useEffect(() => {
    bar.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [path]);
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')} ref={bar}>
      {TABS.filter(({ permission }) => can(permission)).map(({ to, label }) => (
        <Link
          key={to}
          to={to}
          params={{ patientId }}
          activeOptions={{ exact: true, includeSearch: false }}
          className={classes.tab}
          activeProps={{ 'aria-current': 'page' }}
        >
          {t(label)}
        </Link>
      ))}
    </nav>
  );
}
