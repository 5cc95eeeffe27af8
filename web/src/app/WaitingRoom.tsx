import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { useDisclosure, useInterval } from '@mantine/hooks';
import { IconUsers } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Appointment, AppointmentCounts, List } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { ListSkeleton } from '@/ui/PageSkeleton';
import classes from './TopBar.module.css';

/** How many patients have arrived and are not yet in a chair, and who they are. */
export function WaitingRoom() {
  const { t } = useTranslation();
  const { today, number } = useFormat();
  const [opened, { toggle, close }] = useDisclosure(false);
  const date = today();
  const counts = useQuery({
    queryKey: ['appointments', 'counts', date],
    queryFn: ({ signal }) => api.get<AppointmentCounts>('/appointments/counts', { query: { date }, signal }),
    refetchInterval: 5 * 60_000,
  });
  const waiting = counts.data?.waiting;
  const label = waiting === undefined ? t('top.waitingTitle') : t('top.waiting', { count: waiting });

  return (
    <Popover opened={opened} onChange={close} width={300} position="bottom-end" trapFocus>
      <Indicator
        label={number(waiting ?? 0)}
        size={18}
        color="var(--attention)"
        offset={4}
        disabled={!waiting}
      >
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" onClick={toggle} aria-label={label} title={label}>
            <IconUsers size={20} stroke={1.7} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown>
        <h2 className={classes.waitTitle}>{t('top.waitingTitle')}</h2>
        {opened && <WaitingList date={date} onNavigate={close} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function WaitingList({ date, onNavigate }: { date: string; onNavigate: () => void }) {
  const { t } = useTranslation();
  const { name, minutes } = useFormat();
  const now = useMinute();
  const query = useQuery({
    queryKey: ['appointments', 'waiting', date],
    queryFn: ({ signal }) =>
      api.get<List<Appointment>>('/appointments', {
        query: { from: date, to: date, status: 'arrived' },
        signal,
      }),
  });
  if (query.error) return <p className={classes.waitNone}>{errorMessage(query.error)}</p>;
  if (!query.data) return <ListSkeleton rows={3} />;
  if (query.data.items.length === 0) return <p className={classes.waitNone}>{t('top.nobodyWaiting')}</p>;
  return (
    <ul className={classes.waitList}>
      {query.data.items.map((appointment) => (
        <li key={appointment.id}>
          <Link
            to="/"
            search={{ date: appointment.local_date, appointment: appointment.id }}
            className={classes.waitRow}
            onClick={onNavigate}
          >
            <bdi>{name(appointment.patient)}</bdi>
            {appointment.arrived_at && (
              <small>
                {t('top.waitingSince', {
                  minutes: minutes(
                    Math.max(0, Math.floor((now - Date.parse(appointment.arrived_at)) / 60_000)),
                  ),
                })}
              </small>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function useMinute(): number {
  const [now, setNow] = useState(() => Date.now());
  const { start, stop } = useInterval(() => setNow(Date.now()), 30_000);
  useEffect(() => {
    start();
    return stop;
  }, [start, stop]);
  return now;
}
