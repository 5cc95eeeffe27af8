import { useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { sessionQuery } from '@/api/session';
import type { Session, ThemeChoice } from '@/api/types';
import { changeLocale, takeChosenLocale } from '@/i18n/i18n';
import type { Locale } from '@/lib/locale';
import { toast } from '@/ui/toast';

/**
 * The language and appearance kept on the account win over this browser's,
 * except over a language chosen a moment ago on the sign-in page: that one goes to the account.
 */
export function useAccountPreferences(session: Session) {
  const { setColorScheme } = useMantineColorScheme();
  const { save } = useSavePreferences();
  const { id, locale, theme } = session.account;
  // biome-ignore lint/correctness/useExhaustiveDependencies: applied once per account and choice, not when a function changes
  useEffect(() => {
    const chosen = takeChosenLocale();
    if (chosen && chosen !== locale) void save({ locale: chosen });
    else if (locale) void changeLocale(locale);
    setColorScheme(theme);
  }, [id, locale, theme]);
}

function useSavePreferences() {
  const client = useQueryClient();
  const save = useCallback(
    async (change: { locale?: Locale; theme?: ThemeChoice }) => {
      client.setQueryData(sessionQuery.queryKey, (session) =>
        session ? { ...session, account: { ...session.account, ...change } } : session,
      );
      try {
        await api.patch('/account', change, { version: undefined });
      } catch (error) {
        toast.failed(errorMessage(error));
      }
    },
    [client],
  );
  return { save };
}

/** Changes at once and saves on the account; a failed save is said, the choice stays in this browser. */
export function useChangePreferences() {
  const { setColorScheme } = useMantineColorScheme();
  const { save } = useSavePreferences();

  return {
    setLocale: async (locale: Locale) => {
      await changeLocale(locale);
      await save({ locale });
    },
    setTheme: (theme: ThemeChoice) => {
      setColorScheme(theme);
      void save({ theme });
    },
  };
}
