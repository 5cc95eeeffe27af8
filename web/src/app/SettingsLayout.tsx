import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type Permission, useCan } from '@/lib/permissions';
import { NotYourRole } from '@/ui/NotYourRole';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import classes from './SettingsLayout.module.css';

const PAGES = [
  { to: '/settings/profile', label: 'settings.profile', permission: null },
  { to: '/settings/clinic', label: 'settings.clinic', permission: 'clinic.read' },
  { to: '/settings/branches', label: 'settings.branches', permission: 'clinic.read' },
  { to: '/settings/hours', label: 'settings.hours', permission: 'clinic.read' },
  {
    to: '/settings/appointment-types',
    label: 'settings.appointmentTypes',
    permission: 'scheduling.read',
  },
  { to: '/settings/recalls', label: 'settings.recalls', permission: 'scheduling.read' },
  { to: '/settings/staff', label: 'settings.staff', permission: 'identity.read_staff' },
  { to: '/settings/roles', label: 'settings.roles', permission: 'identity.manage_roles' },
  { to: '/settings/procedures', label: 'settings.procedures', permission: 'clinic.read' },
  { to: '/settings/drugs', label: 'settings.drugs', permission: 'clinic.read' },
  { to: '/settings/reminders', label: 'settings.reminders', permission: 'scheduling.set_up' },
  { to: '/settings/failed-messages', label: 'settings.failedMessages', permission: 'scheduling.read' },
] as const satisfies readonly { to: string; label: string; permission: Permission | null }[];

/** The settings' own menu beside the page; each page brings its content as <Card>s. */
export function SettingsLayout() {
  const { t } = useTranslation();
  const can = useCan();
  const menu = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // On a phone the menu is one line that scrolls: the page one is on has to be in view.
  useEffect(() => {
    const current = pathname && menu.current?.querySelector('[aria-current=page]');
    if (current) current.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  const needed = PAGES.find(({ to }) => pathname.startsWith(to))?.permission ?? null;
  return (
    <>
      <PageHeader title={t('nav.settings')} />
      <div className={classes.layout}>
        <nav ref={menu} className={classes.menu} aria-label={t('nav.settings')}>
          {PAGES.filter((page) => page.permission === null || can(page.permission)).map((page) => (
            <Link
              key={page.to}
              to={page.to}
              className={classes.link}
              activeProps={{ className: classes.active ?? '', 'aria-current': 'page' }}
            >
              {t(page.label)}
            </Link>
          ))}
        </nav>
        <div className={classes.page}>
          {needed === null || can(needed) ? (
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          ) : (
            <NotYourRole />
          )}
        </div>
      </div>
    </>
  );
}
