import { Button } from '@mantine/core';
import type { NotificationData } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import i18next from 'i18next';
import classes from './toast.module.css';

interface Undo {
  undo?: () => void;
}

const notifications = () => import('@mantine/notifications');

async function show(notification: NotificationData) {
  const { showNotification } = await notifications();
  showNotification({ closeButtonProps: { 'aria-label': i18next.t('action.close') }, ...notification });
}

/** Says what was done, and offers to take it back where that is possible. */
function done(message: string, { undo }: Undo = {}) {
  const id = crypto.randomUUID();
  const takeBack = () => {
    void notifications().then(({ hideNotification }) => hideNotification(id));
    undo?.();
  };
  void show({
    id,
    color: 'lagoon',
    icon: <IconCheck size={18} />,
    autoClose: undo ? 8000 : 4000,
    message: undo ? (
      <span className={classes.line}>
        <span>{message}</span>
        <Button size="compact-sm" variant="subtle" onClick={takeBack}>
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
  void show({ color: 'red', role: 'alert', icon: <IconAlertTriangle size={18} />, autoClose: 8000, message });
}

export const toast = { done, failed };
