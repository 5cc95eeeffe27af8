import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useSession } from '@/api/session';
import type { Appointment, List } from '@/api/types';
import { addDays } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { useSlots } from '@/ui/slots';
import { DateText, TimeText } from '@/ui/texts';
import { freedSlots } from './freedSlots';
import classes from './offers.module.css';

const DAYS = 7;
/** As many as the server gives at once. */
const LIMIT = 1000;
const STANDING = 'scheduled,confirmed,arrived,in_chair,completed,checked_out';

/** Cancelled slots of the next days that nobody has yet: each can be offered to those who wait. */
export function FreedSlots() {
  const { t } = useTranslation('worklists');
  const { name, today, dateTime } = useFormat();
  const { SlotOffers } = useSlots();
  const can = useCan();
  const { staff_id: staffId } = useSession();
  const [offered, setOffered] = useState<Appointment | null>(null);
  const from = today();
  const read = (status: string) => ({
    queryKey: ['appointments', 'freed', from, status],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      api.get<List<Appointment>>('/appointments', {
        query: { from, to: addDays(from, DAYS), status, limit: LIMIT },
        signal,
      }),
  });
  const [cancelled, standing] = useQueries({ queries: [read('cancelled'), read(STANDING)] });
  const error = cancelled.error ?? standing.error;
  const mine = ({ doctor_id }: Appointment) => !can.ownOnly('scheduling.write') || doctor_id === staffId;
  const slots =
    cancelled.data && standing.data
      ? freedSlots(cancelled.data.items.filter(mine), standing.data.items, Date.now())
      : undefined;
  return (
    <Card title={t('freed.title')}>
      {slots ? (
        slots.length === 0 ? (
          <p className={classes.hint}>{t('freed.none')}</p>
        ) : (
          <>
            <p className={classes.hint}>{t('freed.hint')}</p>
            <ul className={classes.freed}>
              {slots.map((slot) => (
                <li key={slot.id}>
                  <span>
                    <b>
                      <DateText value={slot.local_date} style="full" /> ·{' '}
                      <span className={classes.time}>
                        <TimeText value={slot.starts_at} /> – <TimeText value={slot.ends_at} />
                      </span>
                    </b>
                    <small>
                      <bdi>{name(slot.doctor)}</bdi>
                      {slot.chair && (
                        <>
                          {' · '}
                          <bdi>{name(slot.chair)}</bdi>
                        </>
                      )}
                    </small>
                  </span>
                  <Button
                    size="compact-sm"
                    variant="default"
                    onClick={() => setOffered(slot)}
                    aria-label={t('freed.offerOf', {
                      when: dateTime(slot.starts_at),
                      doctor: name(slot.doctor),
                    })}
                  >
                    {t('freed.offer')}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )
      ) : error ? (
        <ErrorState
          message={errorMessage(error)}
          onRetry={() => {
            void cancelled.refetch();
            void standing.refetch();
          }}
        />
      ) : (
        <ListSkeleton rows={2} />
      )}
      {offered && (
        <SlotOffers
          doctor={{ ...offered.doctor, id: offered.doctor_id }}
          chair={offered.chair_id ? { ...offered.chair, id: offered.chair_id } : null}
          startsAt={offered.starts_at}
          endsAt={offered.ends_at}
          onClose={() => setOffered(null)}
        />
      )}
    </Card>
  );
}
