import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconLogout, IconUserCircle } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { signingOut, useSession } from '@/api/session';
import type { ThemeChoice } from '@/api/types';
import { useLocale } from '@/i18n/i18n';
import { draft } from '@/lib/draft';
import { useFormat } from '@/lib/format-context';
import { LOCALE_NAMES, LOCALES, type Locale } from '@/lib/locale';
import type { PanelProps } from '@/ui/LatePanel';
import { toast } from '@/ui/toast';
import classes from './TopBar.module.css';
import { useChangePreferences } from './useAccountPreferences';

const THEMES: readonly ThemeChoice[] = ['light', 'dark', 'auto'];

/** Who one is, the language and appearance, one's profile, and out. */
export default function UserMenu({ panel, target }: PanelProps) {
  const { t } = useTranslation();
  const session = useSession();
  const locale = useLocale();
  const { name: nameOf } = useFormat();
  const { colorScheme } = useMantineColorScheme();
  const { setLocale, setTheme } = useChangePreferences();
  const signOut = useSignOut();
  const name = nameOf(session.account);

  return (
    <Menu {...panel} position="bottom-end" width={260} closeOnItemClick={false}>
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        <div className={classes.menuHead}>
          <b>
            <bdi>{name}</bdi>
          </b>
          <span>
            <bdi>{nameOf(session.clinic)}</bdi> · <bdi>{session.account.email}</bdi>
          </span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t('account.language')}</Menu.Label>
        <Menu.RadioGroup value={locale} onChange={(value) => void setLocale(value as Locale)}>
          {LOCALES.map((value) => (
            <Menu.RadioItem key={value} value={value}>
              <bdi lang={value}>{LOCALE_NAMES[value]}</bdi>
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t('account.theme')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(value) => setTheme(value as ThemeChoice)}>
          {THEMES.map((value) => (
            <Menu.RadioItem key={value} value={value}>
              {t(`account.${value}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          component={Link}
          to="/settings/profile"
          closeMenuOnClick
          leftSection={<IconUserCircle size={17} />}
        >
          {t('account.profile')}
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()} leftSection={<IconLogout size={17} className="mirror" />}>
          {t('account.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSignOut() {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    signingOut.begin();
    try {
      await api.delete('/session');
    } catch (error) {
      signingOut.over();
      // Nobody may walk away believing to be signed out when he is not.
      toast.failed(errorMessage(error));
      return;
    }
    draft.clearAll();
    await navigate({ to: '/sign-in', search: {} });
    client.clear();
  };
}
