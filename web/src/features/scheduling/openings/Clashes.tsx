import i18next from 'i18next';
import { isApiError } from '@/api/errors';
import type { Clash } from '@/api/types';
import { localDateOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import classes from './openings.module.css';

/** The dates that a refused act could not book, and why. */
export function Clashes({ error }: { error: unknown }) {
  const format = useFormat();
  const clashes = isApiError(error) ? ((error.problem.clashes as Clash[] | undefined) ?? []) : [];
  if (clashes.length === 0) return null;
  return (
    <ul className={classes.clashes}>
      {clashes.map((clash) => (
        <li key={clash.index}>
          <bdi>
            {format.date(localDateOf(clash.starts_at, format.timeZone), 'medium')} ·{' '}
            {format.time(clash.starts_at)}
          </bdi>
          {' – '}
          {i18next.t(`errors:${clash.code}` as 'errors:unexpected')}
        </li>
      ))}
    </ul>
  );
}
