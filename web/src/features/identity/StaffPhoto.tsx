import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Staff } from '@/api/types';
import { toast } from '@/ui/toast';
import classes from './identity.module.css';
import { StaffAvatar } from './StaffAvatar';

const MAX_BYTES = 2 * 1024 * 1024;

interface StaffPhotoProps {
  staff: Staff;
  onChanged: (staff: Staff) => void;
}

/** Saved at once, apart from the form around it. */
export function StaffPhoto({ staff, onChanged }: StaffPhotoProps) {
  const { t } = useTranslation('identity');
  const [busy, setBusy] = useState(false);
  const path = `/staff/${staff.id}/photo`;
  const change = async (act: () => Promise<unknown>, done: string) => {
    setBusy(true);
    try {
      await act();
      onChanged(await api.get<Staff>(`/staff/${staff.id}`));
      toast.done(done);
    } catch (error) {
      toast.failed(errorMessage(error));
    } finally {
      setBusy(false);
    }
  };
  const choose = (file: File | null) => {
    if (!file) return;
    if (file.size > MAX_BYTES) toast.failed(t('staff.photoTooLarge'));
    else void change(() => api.upload('PUT', path, file), t('staff.photoSaved'));
  };
  return (
    <div className={classes.line}>
      <StaffAvatar person={staff} size={64} />
      <div>
        <div className={classes.line}>
          <FileButton accept="image/png,image/jpeg" onChange={choose}>
            {(props) => (
              <Button {...props} variant="default" loading={busy}>
                {t('staff.photoChoose')}
              </Button>
            )}
          </FileButton>
          {staff.photo_url && (
            <Button
              variant="subtle"
              color="red"
              disabled={busy}
              onClick={() => void change(() => api.delete(path), t('staff.photoRemoved'))}
            >
              {t('staff.photoRemove')}
            </Button>
          )}
        </div>
        <p className={classes.hint}>{t('staff.photoHint')}</p>
      </div>
    </div>
  );
}
