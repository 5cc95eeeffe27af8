import { IconHourglass } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import classes from './openings.module.css';

const TICK_MS = 1000;

/** The seconds that are left until an instant, counted down. */
export function useSecondsLeft(until: number): number {
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const tick = () => setSeconds(Math.max(0, Math.ceil((until - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}

/** How long the slot is still kept; read out when it is over, not every second. */
export function HoldCountdown({ until }: { until: number }) {
  const { t } = useTranslation('scheduling');
  const { number } = useFormat();
  const seconds = useSecondsLeft(until);
  if (seconds === 0) {
    return (
      <p className={classes.expired} role="alert">
        {t('openings.holdOver')}
      </p>
    );
  }
  const two = (value: number) => number(value, { minimumIntegerDigits: 2 });
  return (
    <p className={classes.countdown} role="timer">
      <IconHourglass size={16} aria-hidden /> {t('openings.keptFor')}{' '}
      <bdi className="numbers">
        {number(Math.floor(seconds / 60))}:{two(seconds % 60)}
      </bdi>
    </p>
  );
}
