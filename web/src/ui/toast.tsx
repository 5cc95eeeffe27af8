import { Button } from '@mantine/core';
import type { NotificationData } from '@mantine/notifications';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import i18next from 'i18next';
import classes from './toast.module.css';

interface Then {
  undo?: () => void;
  /** What usually follows. */
  act?: { label: string; run: () => void };
}

const notifications = () => import('@mantine/notifications');

async function show(notification: NotificationData) {
  const { showNotification } = await notifications();
  showNotification({ closeButtonProps: { 'aria-label': i18next.t('action.close') }, ...notification });
}

/** Says what was done, and offers to take it back where that is possible, or to do what usually follows. */
function done(message: string, { undo, act }: Then = {}) {
  const id = crypto.randomUUID();
  const next = undo ? { label: i18next.t('action.undo'), run: undo } : act;
  const go = () => {
    void notifications().then(({ hideNotification }) => hideNotification(id));
    next?.run();
  };
  void show({
    id,
    color: 'lagoon',
    icon: <IconCheck size={18} />,
    autoClose: next ? 8000 : 4000,
    message: next ? (
      <span className={classes.line}>
        <span>{message}</span>
        <Button size="compact-sm" variant="subtle" onClick={go}>
          {next.label}
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
