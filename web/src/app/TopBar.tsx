import { ActionIcon, UnstyledButton } from '@mantine/core';
import { useDisclosure, useHotkeys } from '@mantine/hooks';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { typedEarly } from '@/lib/typedEarly';
import { KeyHint } from '@/ui/KeyHint';
import { LatePanel, latePanel } from '@/ui/LatePanel';
import { firstLetter } from './firstLetter';
import classes from './TopBar.module.css';
import { WaitingRoom } from './WaitingRoom';

const GlobalSearch = lazy(() => import('./GlobalSearch'));
const newMenu = latePanel(() => import('./NewMenu'));
const userMenu = latePanel(() => import('./UserMenu'));

export function TopBar() {
  const { t } = useTranslation();
  const can = useCan();
  const [searching, search] = useDisclosure(false);
  const open = () => {
    if (!searching) typedEarly.wait();
    search.open();
  };
  const close = () => {
    typedEarly.take();
    search.close();
  };
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
      <NewButton />
      <UserButton />
      {searching && (
        <Suspense fallback={null}>
          <GlobalSearch onClose={close} />
        </Suspense>
      )}
    </header>
  );
}

function NewButton() {
  const { t } = useTranslation();
  const can = useCan();
  const books = can('scheduling.write');
  const registers = can('patients.write');
  if (!books && !registers) return null;
  return (
    <LatePanel of={newMenu} props={{ books, registers }}>
      {(button) => (
        <ActionIcon {...button} aria-label={t('top.new')}>
          <IconPlus size={20} />
        </ActionIcon>
      )}
    </LatePanel>
  );
}

function UserButton() {
  const { t } = useTranslation();
  const { name: nameOf } = useFormat();
  const name = nameOf(useSession().account);
  return (
    <LatePanel of={userMenu} props={{}}>
      {(button) => (
        <UnstyledButton {...button} className={classes.user} aria-label={t('top.account', { name })}>
          <span className={classes.avatar} aria-hidden>
            {firstLetter(name)}
          </span>
          <span className={classes.name}>{name}</span>
        </UnstyledButton>
      )}
    </LatePanel>
  );
}
