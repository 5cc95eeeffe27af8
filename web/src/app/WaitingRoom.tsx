import { ActionIcon } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import type { AppointmentCounts } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { LatePanel, latePanel } from '@/ui/LatePanel';
import classes from './TopBar.module.css';

const waitingList = latePanel(() => import('./WaitingList'));

/** How many patients have arrived and are not yet in a chair; who they are is one click away. */
export function WaitingRoom() {
  const { t } = useTranslation();
  const { today, number } = useFormat();
  const date = today();
  const counts = useQuery({
    queryKey: ['appointments', 'counts', date],
    queryFn: ({ signal }) => api.get<AppointmentCounts>('/appointments/counts', { query: { date }, signal }),
    refetchInterval: 5 * 60_000,
  });
  const waiting = counts.data?.waiting;
  const label = waiting === undefined ? t('top.waitingTitle') : t('top.waiting', { count: waiting });
  return (
    <LatePanel of={waitingList} props={{ date }} popup="dialog">
      {(button) => (
        <span className={classes.waiting}>
          <ActionIcon {...button} variant="subtle" color="gray" aria-label={label} title={label}>
            <IconUsers size={20} stroke={1.7} />
          </ActionIcon>
          {waiting ? (
            <span className={classes.waitingCount} aria-hidden>
              {number(waiting)}
            </span>
          ) : null}
        </span>
      )}
    </LatePanel>
  );
}
