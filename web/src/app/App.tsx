import { DirectionProvider, MantineProvider, mergeThemeOverrides, useDirection } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '@/i18n/i18n';
import { directionOf } from '@/lib/locale';
import { ConfirmProvider } from '@/ui/confirm';
import { cspNonce } from './csp-nonce';
import { PatientSlots } from './PatientSlots';
import { queryClient } from './query-client';
import { router } from './router';
import { cssVariables, theme } from './theme';

const Notifications = lazy(async () => ({ default: (await import('@mantine/notifications')).Notifications }));

/** Follows the language while the app runs, so a switch needs no reload. */
function DirectionFollowsLanguage() {
  const locale = useLocale();
  const { setDirection } = useDirection();
  useEffect(() => setDirection(directionOf(locale)), [locale, setDirection]);
  return null;
}

/** The theme, with the words that Mantine's own buttons need. */
function useWordedTheme() {
  const { t } = useTranslation();
  return useMemo(() => {
    const defaultProps = { closeButtonProps: { 'aria-label': t('action.close') } };
    return mergeThemeOverrides(theme, { components: { Modal: { defaultProps }, Drawer: { defaultProps } } });
  }, [t]);
}

export function App() {
  const worded = useWordedTheme();
  return (
    <DirectionProvider initialDirection={directionOf(document.documentElement.lang === 'ar' ? 'ar' : 'en')}>
      <MantineProvider
        theme={worded}
        cssVariablesResolver={cssVariables}
        defaultColorScheme="auto"
        getStyleNonce={() => cspNonce() ?? ''}
      >
        <QueryClientProvider client={queryClient}>
          <DirectionFollowsLanguage />
          <Suspense fallback={null}>
            <Notifications position="bottom-center" limit={4} />
          </Suspense>
          <Suspense fallback={null}>
            <ConfirmProvider>
              <PatientSlots>
                <RouterProvider router={router} />
              </PatientSlots>
            </ConfirmProvider>
          </Suspense>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}
