import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconCalendarPlus, IconPlus, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '@/lib/permissions';
import { KeyHint } from '@/ui/KeyHint';
import classes from './TopBar.module.css';
import { UserMenu } from './UserMenu';
import { WaitingRoom } from './WaitingRoom';

const GlobalSearch = lazy(() => import('./GlobalSearch'));

export function TopBar() {
  const { t } = useTranslation();
  const can = useCan();
  const [searching, { open, close }] = useDisclosure(false);
  // An empty list of ignored tags: the shortcut works while typing in a field, too.
  useHotkeys([['mod+K', open]], [], true);
  // The same key on an Arabic keyboard types ظ.
  useHotkeys([
    ['/', open],
    ['ظ', open],
  ]);

  return (
    <header className={`${classes.bar} no-print`}>
      <UnstyledButton
        className={classes.search}
        onClick={open}
        aria-label={t('top.searchShort')}
        aria-keyshortcuts="Control+K"
      >
        <IconSearch size={17} aria-hidden />
        <span>{t('top.search')}</span>
        <KeyHint keys={['Ctrl', 'K']} />
      </UnstyledButton>
      <div className={classes.space} />
      {can('scheduling.read') && <WaitingRoom />}
      <NewMenu />
      <UserMenu />
      {searching && (
        <Suspense fallback={null}>
          <GlobalSearch onClose={close} />
        </Suspense>
      )}
    </header>
  );
}

function NewMenu() {
  const { t } = useTranslation();
  const can = useCan();
  const books = can('scheduling.write');
  const registers = can('patients.write');
  if (!books && !registers) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('top.new')}>
          <IconPlus size={20} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {books && (
          <Menu.Item
            renderRoot={(props) => <Link to="/" search={{ new: true }} {...props} />}
            leftSection={<IconCalendarPlus size={17} />}
          >
            {t('top.newAppointment')}
          </Menu.Item>
        )}
        {registers && (
          <Menu.Item
            renderRoot={(props) => <Link to="/patients" search={{ new: true }} {...props} />}
            leftSection={<IconUserPlus size={17} />}
          >
            {t('top.newPatient')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
