import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ConfirmRequest } from './confirm';
import classes from './confirm.module.css';

interface ConfirmDialogProps extends ConfirmRequest {
  opened: boolean;
  onAnswer: (yes: boolean) => void;
}

export default function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, onAnswer, title, body, confirmLabel, danger = false } = props;
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={() => onAnswer(false)} title={title}>
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
