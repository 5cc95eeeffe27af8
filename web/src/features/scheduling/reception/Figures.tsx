import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import type { Figures as DayFigures } from './board';
import classes from './reception.module.css';

/** How the day goes: who waits, how long, and how many have been seen. */
export function Figures({ figures }: { figures: DayFigures }) {
  const { t } = useTranslation('reception');
  const { number, minutes } = useFormat();
  const { waiting, longest, averageWait, seen } = figures;
  const none = t('figures.none');
  return (
    <dl className={classes.figures} aria-label={t('figures.title')}>
      <div>
        <dt>{t('figures.waiting')}</dt>
        <dd>{number(waiting)}</dd>
      </div>
      <div data-level={longest?.level}>
        <dt>{t('figures.longest')}</dt>
        <dd>{longest ? minutes(longest.minutes) : none}</dd>
      </div>
      <div>
        <dt>{t('figures.average')}</dt>
        <dd>{averageWait === null ? none : minutes(averageWait)}</dd>
      </div>
      <div>
        <dt>{t('figures.seen')}</dt>
        <dd>{number(seen)}</dd>
      </div>
    </dl>
  );
}
