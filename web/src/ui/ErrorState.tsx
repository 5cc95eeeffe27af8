import { Button } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './states.module.css';

interface ErrorStateProps {
  message: string;
  onRetry?: () => void;
  requestId?: string | null;
  title?: string;
}

/** A load failed. It must never look like an empty list, an empty calendar or a healthy mouth. */
export function ErrorState({ message, onRetry, requestId, title }: ErrorStateProps) {
  const { t } = useTranslation();
  return (
    <div className={`${classes.state} ${classes.failed}`} role="alert">
      <div className={classes.icon} aria-hidden>
        <IconAlertTriangle size={26} stroke={1.6} />
      </div>
      <h2 className={classes.title}>{title ?? t('state.failedTitle')}</h2>
      <p className={classes.hint}>{message}</p>
      {requestId && (
        <p className={classes.request}>
          {t('state.requestId')} <bdi dir="ltr">{requestId}</bdi>
        </p>
      )}
      {onRetry && (
        <div className={classes.action}>
          <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={onRetry}>
            {t('action.retry')}
          </Button>
        </div>
      )}
    </div>
  );
}
