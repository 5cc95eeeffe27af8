import { useEffect, useState } from 'react';
import { formatDate, formatTime } from '@/lib/format';
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
  const [ar, en] = (['ar', 'en'] as const).map((locale) => ({ locale, digits: 'latin' as const, timeZone }));
  if (!ar || !en) return null;
  return (
    <div className={classes.clock}>
      <time dateTime={instant} dir="ltr">
        {formatTime(instant, en)}
      </time>
      <Both
        className={classes.day}
        ar={formatDate(instant, 'full', ar)}
        en={formatDate(instant, 'full', en)}
      />
    </div>
  );
}
