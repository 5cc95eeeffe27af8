import { IconInbox } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './states.module.css';

/** Nothing is there, and that is the truth: says so and offers what to do. Never for a failed load. */
export function EmptyState(props: { title: string; hint?: string; icon?: ReactNode; action?: ReactNode }) {
  return (
    <div className={classes.state}>
      <div className={classes.icon} aria-hidden>
        {props.icon ?? <IconInbox size={26} stroke={1.6} />}
      </div>
      <h2 className={classes.title}>{props.title}</h2>
      {props.hint && <p className={classes.hint}>{props.hint}</p>}
      {props.action && <div className={classes.action}>{props.action}</div>}
    </div>
  );
}
