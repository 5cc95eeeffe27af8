import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './daybook.module.css';

const COLUMNS = [
  [60, 200, 340],
  [110, 260],
  [30, 170, 420],
  [90, 300],
  [140, 230, 380],
];

/** The shape of the book while a day is read. */
export function DayBookSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.skeleton} role="status" aria-label={t('state.loading')}>
      {COLUMNS.map((tops) => (
        <div key={tops.join()} className={classes.skeletonColumn}>
          <Skeleton height={14} width="46%" />
          <Skeleton height={10} width="70%" mt={8} />
          {tops.map((top) => (
            <Skeleton key={top} height={56} radius="sm" pos="absolute" top={top + 52} />
          ))}
        </div>
      ))}
    </div>
  );
}
