import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { isApiError } from '@/api/errors';
import { localDateOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import classes from '../openings/openings.module.css';
import { knownAppointment } from '../queries';

interface Standing {
  id: string;
  starts_at: string;
}

/** The appointments that stand where a block is to be; the book knows their names when it shows their day. */
export function InTheWay({ error, onLeave }: { error: unknown; onLeave(): void }) {
  const client = useQueryClient();
  const format = useFormat();
  const list = isApiError(error) ? ((error.problem.appointments as Standing[] | undefined) ?? []) : [];
  return (
    <ul className={classes.clashes}>
      {list.map(({ id, starts_at }) => {
        const date = localDateOf(starts_at, format.timeZone);
        const patient = format.name(knownAppointment(client, id)?.patient);
        return (
          <li key={id}>
            <Link to="/" search={{ date, appointment: id }} onClick={onLeave}>
              <bdi>
                {format.date(date, 'medium')} · {format.time(starts_at)}
              </bdi>
              {patient && (
                <>
                  {' · '}
                  <bdi>{patient}</bdi>
                </>
              )}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
