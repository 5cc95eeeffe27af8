import { useTranslation } from 'react-i18next';
import classes from './notifications.module.css';
import { serviceError } from './serviceError';

/** Why a message did not go out, in the service's words where it has some; its whole answer is one pointer away. */
export function ServiceFault({ raw }: { raw: string }) {
  const { t } = useTranslation('notifications');
  const { status, words } = serviceError(raw);
  return (
    <p className={classes.fault} title={raw}>
      {words ? <bdi>{words}</bdi> : status ? t('failed.answered', { status }) : t('failed.answeredUnknown')}
    </p>
  );
}
