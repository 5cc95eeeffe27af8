import { Alert, Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './form.module.css';

/** Fields under each other, or beside each other where there is room. */
export function FormGrid({ children, columns = 1 }: { children: ReactNode; columns?: 1 | 2 | 3 }) {
  return (
    <div className={classes.grid} data-columns={columns}>
      {children}
    </div>
  );
}

/** Why the form was not accepted, above its buttons; what was typed stays. */
export function FormFailure({ message }: { message: string | null }) {
  if (!message) return null;
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert">
      {message}
    </Alert>
  );
}

interface FormActionsProps {
  submitLabel: string;
  submitting: boolean;
  onCancel?: () => void;
  /** Further buttons, at the start of the line. */
  children?: ReactNode;
  /** Why the act is not possible now; the button is disabled and says so. */
  disabledReason?: string;
}

export function FormActions(props: FormActionsProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.actions}>
      {props.children && <div className={classes.start}>{props.children}</div>}
      {props.onCancel && (
        <Button variant="default" onClick={props.onCancel} disabled={props.submitting}>
          {t('action.cancel')}
        </Button>
      )}
      <Button
        type="submit"
        loading={props.submitting}
        disabled={Boolean(props.disabledReason)}
        title={props.disabledReason}
      >
        {props.submitLabel}
      </Button>
    </div>
  );
}
