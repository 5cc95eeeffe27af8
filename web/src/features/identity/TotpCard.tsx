import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery, useSession } from '@/api/session';
import { Card } from '@/ui/Card';
import { StatusBadge } from '@/ui/StatusBadge';
import classes from './identity.module.css';

const TotpEnrolDialog = lazy(() => import('./TotpEnrolDialog'));
const TotpStopDialog = lazy(() => import('./TotpStopDialog'));

export function TotpCard() {
  const { t } = useTranslation('identity');
  const enabled = useSession().account.totp_enabled;
  const [dialog, setDialog] = useState<'enrol' | 'stop' | null>(null);
  const client = useQueryClient();
  const remember = (on: boolean) =>
    client.setQueryData(sessionQuery.queryKey, (session) =>
      session ? { ...session, account: { ...session.account, totp_enabled: on } } : session,
    );
  const close = () => setDialog(null);
  return (
    <Card title={t('totp.title')} actions={<StatusBadge status={enabled ? 'active' : 'inactive'} />}>
      <div className={classes.spread}>
        <p className={classes.hint}>{enabled ? t('totp.onHint') : t('totp.offHint')}</p>
        <Button
          variant={enabled ? 'default' : 'filled'}
          onClick={() => setDialog(enabled ? 'stop' : 'enrol')}
        >
          {enabled ? t('totp.stop') : t('totp.start')}
        </Button>
      </div>
      <Suspense fallback={null}>
        {dialog === 'enrol' && <TotpEnrolDialog onEnabled={() => remember(true)} onClose={close} />}
        {dialog === 'stop' && <TotpStopDialog onDisabled={() => remember(false)} onClose={close} />}
      </Suspense>
    </Card>
  );
}
