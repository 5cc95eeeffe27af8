import { Button, FileButton } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { sessionQuery } from '@/api/session';
import type { Clinic } from '@/api/types';
import { Card } from '@/ui/Card';
import { toast } from '@/ui/toast';
import classes from './clinic.module.css';
import { clinicQuery } from './queries';

const MAX_BYTES = 2 * 1024 * 1024;

export function LogoCard({ clinic }: { clinic: Clinic }) {
  const { t } = useTranslation('clinic');
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const change = async (act: () => Promise<unknown>) => {
    setBusy(true);
    try {
      await act();
      toast.done(t('clinic.logoSaved'));
    } catch (error) {
      toast.failed(errorMessage(error));
    }
    await client.invalidateQueries({ queryKey: clinicQuery.queryKey });
    void client.invalidateQueries({ queryKey: sessionQuery.queryKey });
    setBusy(false);
  };
  const choose = (file: File | null) => {
    if (!file) return;
    if (file.size > MAX_BYTES) toast.failed(t('clinic.tooLarge'));
    else void change(() => api.upload('PUT', '/clinic/logo', file));
  };
  return (
    <Card title={t('clinic.logo')}>
      <div className={classes.line}>
        <span className={classes.logo}>
          {clinic.logo_url ? <img src={clinic.logo_url} alt={t('clinic.logo')} /> : t('clinic.noLogo')}
        </span>
        <div className={classes.form}>
          <div className={classes.line}>
            <FileButton accept="image/png,image/jpeg" onChange={choose}>
              {(props) => (
                <Button {...props} variant="default" loading={busy}>
                  {t('clinic.logoChoose')}
                </Button>
              )}
            </FileButton>
            {clinic.logo_url && (
              <Button
                variant="subtle"
                color="red"
                disabled={busy}
                onClick={() => void change(() => api.delete('/clinic/logo'))}
              >
                {t('clinic.logoRemove')}
              </Button>
            )}
          </div>
          <p className={classes.hint}>{t('clinic.logoHint')}</p>
        </div>
      </div>
    </Card>
  );
}
