import { ActionIcon } from '@mantine/core';
import { IconPin, IconX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import classes from './openings.module.css';
import type { Pinboard as Board } from './usePinboard';

/** The parked appointments below the book; the chosen one goes into the next slot that is clicked or entered. */
export function Pinboard({ board }: { board: Board }) {
  const { t } = useTranslation('scheduling');
  const format = useFormat();
  const { pins, chosen, choose, remove } = board;
  const choosing = chosen !== null;
  useEffect(() => {
    if (!choosing) return;
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && choose(null);
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, [choosing, choose]);

  return (
    <section className={classes.board} aria-label={t('pinboard.title')}>
      <h2>
        <IconPin size={16} aria-hidden /> {t('pinboard.title')}
      </h2>
      <ul className={classes.pins}>
        {pins.map((pin) => {
          const patient = format.name(pin.patient);
          return (
            <li key={pin.id} className={classes.pin} data-chosen={pin.id === chosen?.id || undefined}>
              <button
                type="button"
                className={classes.pick}
                aria-pressed={pin.id === chosen?.id}
                onClick={() => choose(pin.id === chosen?.id ? null : pin.id)}
              >
                <bdi>{patient}</bdi>
                <small>
                  {format.date(pin.local_date)} · {format.time(pin.local_start)}
                </small>
              </button>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('pinboard.remove', { patient })}
                onClick={() => remove(pin.id)}
              >
                <IconX size={16} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      <p className={classes.muted} role="status">
        {chosen ? t('pinboard.pickSlot', { patient: format.name(chosen.patient) }) : t('pinboard.choose')}
      </p>
    </section>
  );
}
