import { Popover } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Appointment, List } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import type { PanelProps } from '@/ui/LatePanel';
import { ListSkeleton } from '@/ui/PageSkeleton';
import classes from './TopBar.module.css';

/** Who has arrived and is not yet in a chair, and since when. */
export default function WaitingList({ panel, target, date }: { date: string } & PanelProps) {
  const { t } = useTranslation();
  return (
    <Popover {...panel} width={300} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown>
        <h2 className={classes.waitTitle}>{t('top.waitingTitle')}</h2>
        {panel.opened && <Waiting date={date} onNavigate={() => panel.onChange(false)} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function Waiting({ date, onNavigate }: { date: string; onNavigate: () => void }) {
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
