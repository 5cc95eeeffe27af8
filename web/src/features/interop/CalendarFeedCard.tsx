import { Button, CopyButton, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { CalendarFeed, CalendarFeedMade } from '@/api/types';
import { Card } from '@/ui/Card';
import { useConfirm } from '@/ui/confirm';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './interop.module.css';

const PATH = '/account/calendar-feed';
const KEY = ['account', 'calendar-feed'];

/** The secret address at which a calendar program reads one's own appointments. */
export default function CalendarFeedCard() {
  const { t } = useTranslation(['interop', 'common']);
  const client = useQueryClient();
  const confirm = useConfirm();
  const feed = useQuery({ queryKey: KEY, queryFn: ({ signal }) => api.get<CalendarFeed>(PATH, { signal }) });
  const changed = () => client.invalidateQueries({ queryKey: KEY });
  const failed = (error: Error) => toast.failed(errorMessage(error));
  const make = useAction(() => api.post<CalendarFeedMade>(PATH, {}), { onSuccess: changed, onError: failed });
  const stop = useAction(() => api.delete(PATH), {
    onSuccess: async () => {
      make.reset();
      await changed();
    },
    onError: failed,
  });
  async function anew() {
    const sure =
      !feed.data?.active ||
      (await confirm({ title: t('feed.renew'), body: t('feed.renewHint'), confirmLabel: t('feed.renew') }));
    if (sure) make.mutate();
  }
  return (
    <Card title={t('feed.title')}>
      {feed.error ? (
        <ErrorState message={errorMessage(feed.error)} onRetry={() => void feed.refetch()} />
      ) : !feed.data ? (
        <ListSkeleton rows={2} />
      ) : (
        <div className={classes.form}>
          <p className={classes.hint}>
            {t('feed.hint')} {feed.data.names ? t('feed.withNames') : t('feed.withoutNames')}
          </p>
          {feed.data.active && feed.data.created_at && (
            <p className={classes.hint}>
              {t('feed.since')} <DateTimeText value={feed.data.created_at} />
            </p>
          )}
          {make.data && (
            <div className={classes.line}>
              <TextInput
                className={classes.url}
                label={t('feed.url')}
                description={t('feed.once')}
                value={make.data.url}
                readOnly
                dir="ltr"
                onFocus={(event) => event.currentTarget.select()}
              />
              <CopyButton value={make.data.url}>
                {({ copied, copy }) => (
                  <Button variant="default" onClick={copy}>
                    {copied ? t('common:action.copied') : t('common:action.copy')}
                  </Button>
                )}
              </CopyButton>
            </div>
          )}
          <div className={classes.line}>
            <Button variant="default" loading={make.isPending} onClick={() => void anew()}>
              {feed.data.active ? t('feed.renew') : t('feed.make')}
            </Button>
            {feed.data.active && (
              <Button variant="subtle" color="red" loading={stop.isPending} onClick={() => stop.mutate()}>
                {t('feed.stop')}
              </Button>
            )}
          </div>
        </div>
      )}
    </Card>
  );
}
