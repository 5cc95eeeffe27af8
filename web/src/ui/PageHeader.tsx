import type { ReactNode } from 'react';
import classes from './PageHeader.module.css';

interface PageHeaderProps {
  title: ReactNode;
  /** Beside the title: a count, a date, a status. */
  meta?: ReactNode;
  /** At the end of the line: the page's main actions. */
  actions?: ReactNode;
  /** Below: search and filters. */
  children?: ReactNode;
}

export function PageHeader({ title, meta, actions, children }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <h1 className={classes.title}>{title}</h1>
        {meta && <div className={classes.meta}>{meta}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children && <div className={classes.filters}>{children}</div>}
    </header>
  );
}
