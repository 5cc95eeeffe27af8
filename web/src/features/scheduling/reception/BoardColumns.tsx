import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import type { WaitingLimits } from '../bookAppointment';
import { type Board, type BoardColumn, stayOf } from './board';
import { type CardActs, ReceptionCard } from './ReceptionCard';
import { DoneRow, ExpectedRow } from './ReceptionRow';
import classes from './reception.module.css';

interface BoardColumnsProps {
  board: Board;
  /** The one that a small screen shows. */
  shown: BoardColumn;
  /** Whom 'Call next' calls. */
  next: Appointment | null;
  limits: WaitingLimits;
  now: number;
  acts: CardActs;
}

export function BoardColumns({ board, shown, next, limits, now, acts }: BoardColumnsProps) {
  const column = (id: BoardColumn, line: (appointment: Appointment) => ReactNode) => (
    <Column id={id} shown={id === shown} count={board[id].length}>
      {board[id].map(line)}
    </Column>
  );
  const card = (appointment: Appointment) => (
    <ReceptionCard
      key={appointment.id}
      appointment={appointment}
      stay={stayOf(appointment, limits, now)}
      next={appointment.id === next?.id}
      acts={acts}
    />
  );
  return (
    <div className={classes.board}>
      {column('expected', (one) => (
        <ExpectedRow key={one.id} appointment={one} now={now} acts={acts} />
      ))}
      {column('waiting', card)}
      {column('inChair', card)}
      {column('done', (one) => (
        <DoneRow key={one.id} appointment={one} acts={acts} />
      ))}
    </div>
  );
}

interface ColumnProps {
  id: BoardColumn;
  shown: boolean;
  count: number;
  children: ReactNode;
}

function Column({ id, shown, count, children }: ColumnProps) {
  const { t } = useTranslation('reception');
  const { number } = useFormat();
  const title = useId();
  return (
    <section
      className={classes.column}
      data-column={id}
      data-shown={shown || undefined}
      aria-labelledby={title}
    >
      <h2 id={title} className={classes.columnTitle}>
        {t(`column.${id}`)} <span className={classes.count}>{number(count)}</span>
      </h2>
      {count > 0 ? (
        <ul className={classes.list}>{children}</ul>
      ) : (
        <p className={classes.nobody}>{t(`empty.${id}`)}</p>
      )}
    </section>
  );
}
