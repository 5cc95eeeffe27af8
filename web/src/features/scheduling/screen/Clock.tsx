import { useEffect, useState } from 'react';
import { type FormatSettings, formatDate, formatTime } from '@/lib/format';
import { Both } from './Both';
import classes from './screen.module.css';

const SECOND = 1000;

/** The time of the clinic, and the day in both languages. */
export function Clock({ timeZone }: { timeZone: string }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), SECOND);
    return () => clearInterval(timer);
  }, []);
  const instant = now.toISOString();
  const ar: FormatSettings = { locale: 'ar', digits: 'latin', timeZone };
  const en: FormatSettings = { ...ar, locale: 'en' };
  return (
    <div className={classes.clock}>
      <time dateTime={instant} dir="ltr">
        {formatTime(instant, en)}
      </time>
      <Both
        className={classes.day}
        ar={`${formatDate(instant, 'weekday', ar)} ${formatDate(instant, 'dayMonth', ar)}`}
        en={`${formatDate(instant, 'weekday', en)} ${formatDate(instant, 'dayMonth', en)}`}
      />
    </div>
  );
}
