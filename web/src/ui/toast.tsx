import { Button } from '@mantine/core';
import { hideNotification, showNotification } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import i18next from 'i18next';
import classes from './toast.module.css';

interface Undo {
  undo?: () => void;
}

/** Says what was done, and offers to take it back where that is possible. */
function done(message: string, { undo }: Undo = {}) {
  const id = crypto.randomUUID();
  showNotification({
    id,
    color: 'lagoon',
    icon: <IconCheck size={18} />,
    autoClose: undo ? 8000 : 4000,
    closeButtonProps: { 'aria-label': i18next.t('action.close') },
    message: undo ? (
      <span className={classes.line}>
        <span>{message}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            hideNotification(id);
            undo();
          }}
        >
          {i18next.t('action.undo')}
        </Button>
      </span>
    ) : (
      message
    ),
  });
}

/** Takes the sentence of `errorMessage(error)`. */
function failed(message: string) {
  showNotification({
    color: 'red',
    role: 'alert',
    icon: <IconAlertTriangle size={18} />,
    autoClose: 8000,
    message,
    closeButtonProps: { 'aria-label': i18next.t('action.close') },
  });
}

export const toast = { done, failed };
