import { UnstyledButton } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { connection, useConnectionLost } from '@/lib/connection';
import classes from './ConnectionBar.module.css';

export function ConnectionBar() {
  const { t } = useTranslation();
  if (!useConnectionLost()) return null;
  return (
    <div className={classes.bar} role="status">
      <IconPlugConnectedX size={17} aria-hidden />
      <span>{t('connection.lost')}</span>
      <UnstyledButton className={classes.retry} onClick={() => connection.retryNow()}>
        {t('connection.retryNow')}
      </UnstyledButton>
    </div>
  );
}
