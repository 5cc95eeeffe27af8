import type { ReactNode } from 'react';
import classes from './Card.module.css';

/** A section of a page on its own surface. `flush` lets a table touch the edges. */
export function Card(props: {
  title?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  children: ReactNode;
}) {
  return (
    <section className={classes.card}>
      {(props.title || props.actions) && (
        <div className={classes.head}>
          {props.title && <h2 className={classes.title}>{props.title}</h2>}
          {props.actions && <div className={classes.actions}>{props.actions}</div>}
        </div>
      )}
      <div className={props.flush ? classes.flush : classes.body}>{props.children}</div>
    </section>
  );
}

/** The space around cards on a page. */
export function PageBody({ children, narrow = false }: { children: ReactNode; narrow?: boolean }) {
  return <div className={narrow ? `${classes.page} ${classes.narrow}` : classes.page}>{children}</div>;
}
