import { SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { chooseLocale, useLocale } from '@/i18n/i18n';
import { LOCALE_NAMES, LOCALES, type Locale } from '@/lib/locale';
import { ConnectionBar } from '@/ui/ConnectionBar';
import { ToothMark } from '@/ui/ToothMark';
import classes from './PublicFrame.module.css';

/** The frame of the pages one sees before signing in. */
export function PublicFrame({
  children,
  clinicName,
  wide,
}: {
  children: ReactNode;
  clinicName?: string;
  wide?: boolean;
}) {
  const { t } = useTranslation(['identity', 'common']);
  const locale = useLocale();
  return (
    <div className={classes.frame}>
      <ConnectionBar />
      <header className={classes.top}>
        <span className={classes.logo}>
          <ToothMark size={26} />
          <b>{t('common:product')}</b>
        </span>
        <SegmentedControl
          aria-label={t('signIn.language')}
          value={locale}
          onChange={(value) => void chooseLocale(value as Locale)}
          data={LOCALES.map((value) => ({ value, label: <bdi lang={value}>{LOCALE_NAMES[value]}</bdi> }))}
        />
      </header>
      <main className={classes.main} data-wide={wide || undefined}>
        <p className={classes.clinic}>{clinicName ? <bdi>{clinicName}</bdi> : t('signIn.tagline')}</p>
        <div className={classes.card}>{children}</div>
      </main>
    </div>
  );
}
