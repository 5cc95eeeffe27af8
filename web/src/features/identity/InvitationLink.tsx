import { Alert, Button, CopyButton, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { InvitationMade } from '@/api/types';
import { DateTimeText } from '@/ui/texts';
import classes from './identity.module.css';

/** The link of an invitation just made, which is not shown again. */
export function InvitationLink({ made, onClose }: { made: InvitationMade; onClose: () => void }) {
  const { t } = useTranslation(['identity', 'common']);
  return (
    <div className={classes.form}>
      <Alert variant="light">
        {t('invite.linkHint')} {made.mailed && t('invite.mailed')}
      </Alert>
      <TextInput
        label={t('invite.link')}
        value={made.url}
        readOnly
        dir="ltr"
        onFocus={(event) => event.currentTarget.select()}
      />
      <p className={classes.hint}>
        {t('invite.until')} <DateTimeText value={made.expires_at} />
      </p>
      <div className={classes.spread}>
        <CopyButton value={made.url}>
          {({ copied, copy }) => (
            <Button onClick={copy}>{copied ? t('common:action.copied') : t('common:action.copy')}</Button>
          )}
        </CopyButton>
        <Button variant="default" onClick={onClose}>
          {t('invite.done')}
        </Button>
      </div>
    </div>
  );
}
