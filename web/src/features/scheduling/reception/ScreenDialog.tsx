import { Button, CopyButton, Modal, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Branch, WaitingScreen, WaitingScreenMade } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useConfirm } from '@/ui/confirm';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { toast } from '@/ui/toast';
import classes from './reception.module.css';

/** The secret address at which the television of a waiting room shows the numbers. */
export default function ScreenDialog({ branch, onClose }: { branch: Branch; onClose: () => void }) {
  const { t } = useTranslation(['reception', 'common']);
  const { name, dateTime } = useFormat();
  const client = useQueryClient();
  const confirm = useConfirm();
  const path = `/branches/${branch.id}/waiting-screen`;
  const queryKey = ['clinic', 'waiting-screen', branch.id];
  const screen = useQuery({
    queryKey,
    queryFn: ({ signal }) => api.get<WaitingScreen>(path, { signal }),
  });
  const changed = () => client.invalidateQueries({ queryKey });
  const onError = (error: Error) => toast.failed(errorMessage(error));
  const make = useAction(() => api.post<WaitingScreenMade>(path, {}), { onSuccess: changed, onError });
  const stop = useAction(() => api.delete(path), {
    onSuccess: async () => {
      make.reset();
      await changed();
    },
    onError,
  });
  const anew = async () => {
    const [title, body] = [t('screen.renew'), t('screen.renewHint')];
    if (!screen.data?.active || (await confirm({ title, body, confirmLabel: title }))) make.mutate();
  };
  const end = async () => {
    const [title, body] = [t('screen.stop'), t('screen.stopHint')];
    if (await confirm({ title, body, confirmLabel: title, danger: true })) stop.mutate();
  };
  return (
    <Modal opened onClose={onClose} size={540} title={t('screen.title', { branch: name(branch) })}>
      {screen.error ? (
        <ErrorState message={errorMessage(screen.error)} onRetry={() => void screen.refetch()} />
      ) : !screen.data ? (
        <ListSkeleton rows={2} />
      ) : (
        <div className={classes.screen}>
          <p className={classes.hint}>{t('screen.hint')}</p>
          <p className={classes.hint}>
            {screen.data.active && screen.data.created_at
              ? t('screen.since', { when: dateTime(screen.data.created_at) })
              : t('screen.none')}
          </p>
          {make.data && (
            <div className={classes.made}>
              <TextInput
                label={t('screen.url')}
                description={t('screen.once')}
                value={make.data.url}
                readOnly
                dir="ltr"
                onFocus={(event) => event.currentTarget.select()}
              />
              <div className={classes.line}>
                <CopyButton value={make.data.url}>
                  {({ copied, copy }) => (
                    <Button variant="default" onClick={copy}>
                      {copied ? t('common:action.copied') : t('common:action.copy')}
                    </Button>
                  )}
                </CopyButton>
                <Button component="a" href={make.data.url} target="_blank" rel="noreferrer" variant="default">
                  {t('screen.open')}
                </Button>
              </div>
            </div>
          )}
          <div className={classes.line}>
            <Button
              variant={screen.data.active ? 'default' : 'filled'}
              loading={make.isPending}
              onClick={() => void anew()}
            >
              {screen.data.active ? t('screen.renew') : t('screen.make')}
            </Button>
            {screen.data.active && (
              <Button variant="subtle" color="red" loading={stop.isPending} onClick={() => void end()}>
                {t('screen.stop')}
              </Button>
            )}
          </div>
        </div>
      )}
    </Modal>
  );
}
