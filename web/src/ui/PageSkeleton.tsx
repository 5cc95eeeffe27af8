import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './states.module.css';

const ROWS = ['92%', '78%', '85%', '64%', '88%', '71%', '80%', '69%'];

export function ListSkeleton({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.rows} role="status" aria-label={t('state.loading')}>
      {ROWS.slice(0, rows).map((width) => (
        <Skeleton key={width} height={22} width={width} />
      ))}
    </div>
  );
}

export function PageSkeleton() {
  return (
    <div className={classes.page}>
      <Skeleton height={32} width="min(320px, 60%)" />
      <ListSkeleton rows={8} />
    </div>
  );
}
