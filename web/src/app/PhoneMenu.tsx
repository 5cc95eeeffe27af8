import { Drawer } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { NavLink, useVisibleItems } from './Navigation';
import classes from './Navigation.module.css';

/** Everything the sidebar has, for phones. */
export default function PhoneMenu({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const items = [
    ...useVisibleItems(),
    { to: '/settings', label: 'nav.settings', icon: IconSettings } as const,
  ];
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title={t('product')}
      size="78%"
      classNames={{ content: classes.drawer ?? '', header: classes.drawerHead ?? '' }}
    >
      <div className={classes.drawerLinks}>
        {items.map(({ to, label, icon }) => (
          <NavLink key={to} to={to} label={t(label)} icon={icon} onNavigate={onClose} />
        ))}
      </div>
    </Drawer>
  );
}
