import { UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMenu2, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/permissions';
import { ToothMark } from '@/ui/ToothMark';
import classes from './Navigation.module.css';
import { NAV_ITEMS } from './nav-items';

const PhoneMenu = lazy(() => import('./PhoneMenu'));

interface NavLinkProps {
  to: (typeof NAV_ITEMS)[number]['to'] | '/settings';
  label: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
  onNavigate?: () => void;
}

export function NavLink({ to, label, icon: Icon, onNavigate }: NavLinkProps) {
  return (
    <Link
      to={to}
      className={classes.link}
      activeProps={{ className: classes.active ?? '', 'aria-current': 'page' }}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      data-label={label}
      {...(onNavigate ? { onClick: onNavigate } : {})}
    >
      <Icon size={20} stroke={1.7} />
      <span>{label}</span>
    </Link>
  );
}

export function useVisibleItems() {
  const can = useCan();
  return NAV_ITEMS.filter((item) => can(item.permission));
}

export function Sidebar() {
  const { t } = useTranslation();
  return (
    <nav className={`${classes.sidebar} no-print`} aria-label={t('nav.label')}>
      <div className={classes.logo}>
        <ToothMark size={24} />
        <b>{t('product')}</b>
      </div>
      {useVisibleItems().map((item) => (
        <NavLink key={item.to} to={item.to} label={t(item.label)} icon={item.icon} />
      ))}
      <div className={classes.space} />
      <NavLink to="/settings" label={t('nav.settings')} icon={IconSettings} />
    </nav>
  );
}

/** Phones: the three places people go all day, and a drawer with the rest. */
export function BottomNav() {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure(false);
  const [everOpened, setEverOpened] = useState(false);
  const show = () => {
    setEverOpened(true);
    open();
  };
  const items = useVisibleItems();
  return (
    <>
      <nav className={`${classes.bottom} no-print`} aria-label={t('nav.label')}>
        {items.slice(0, 3).map(({ to, label, icon: Icon }) => (
          <Link
            key={to}
            to={to}
            className={classes.tab}
            activeProps={{ className: classes.activeTab ?? '', 'aria-current': 'page' }}
            activeOptions={{ exact: to === '/', includeSearch: false }}
          >
            <Icon size={22} stroke={1.7} />
            <span>{t(label)}</span>
          </Link>
        ))}
        <UnstyledButton className={classes.tab} onClick={show} aria-haspopup="dialog" aria-expanded={opened}>
          <IconMenu2 size={22} stroke={1.7} />
          <span>{t('nav.menu')}</span>
        </UnstyledButton>
      </nav>
      {everOpened && (
        <Suspense fallback={null}>
          <PhoneMenu opened={opened} onClose={close} />
        </Suspense>
      )}
    </>
  );
}
