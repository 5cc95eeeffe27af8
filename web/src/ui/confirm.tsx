import { Button, Modal } from '@mantine/core';
import { createContext, type ReactNode, useCallback, useContext, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './confirm.module.css';

export interface ConfirmRequest {
  title: string;
  /** What will happen, and whether it can be undone. */
  body: ReactNode;
  /** Names the act: 'Delete the draft', never 'OK'. */
  confirmLabel: string;
  danger?: boolean;
}

type Ask = (request: ConfirmRequest) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(async () => false);

/** `const confirm = useConfirm(); if (await confirm({…})) …` */
export const useConfirm = () => useContext(ConfirmContext);

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [request, setRequest] = useState<ConfirmRequest | null>(null);
  const [opened, setOpened] = useState(false);
  const answer = useRef<(yes: boolean) => void>(() => {});

  const ask = useCallback<Ask>((next) => {
    setRequest(next);
    setOpened(true);
    return new Promise((resolve) => {
      answer.current = resolve;
    });
  }, []);
  const close = (yes: boolean) => {
    setOpened(false);
    answer.current(yes);
  };

  return (
    <ConfirmContext.Provider value={ask}>
      {children}
      {request && <ConfirmDialog {...request} opened={opened} onAnswer={close} />}
    </ConfirmContext.Provider>
  );
}

interface ConfirmDialogProps extends ConfirmRequest {
  opened: boolean;
  onAnswer: (yes: boolean) => void;
}

function ConfirmDialog({ opened, onAnswer, title, body, confirmLabel, danger = false }: ConfirmDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={() => onAnswer(false)}
      title={title}
      role="alertdialog"
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <div className={classes.body}>{body}</div>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => onAnswer(false)} data-autofocus>
          {t('action.cancel')}
        </Button>
        <Button {...(danger ? { color: 'red.9' } : {})} onClick={() => onAnswer(true)}>
          {confirmLabel}
        </Button>
      </div>
    </Modal>
  );
}
