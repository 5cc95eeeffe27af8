import { Button } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '@/lib/connection';
import classes from './DataTable.module.css';
import { ErrorState } from './ErrorState';
import { ListSkeleton } from './PageSkeleton';

export interface Column<T> {
  id: string;
  header: ReactNode;
  cell: (row: T) => ReactNode;
  /** Numbers and money stand at the end of their column. */
  align?: 'start' | 'end' | 'center';
  width?: string;
  /** On a phone: the line that names the row, or left out. */
  phone?: 'title' | 'hide';
}

export interface DataTableProps<T> {
  /** Read aloud in place of a visible caption. */
  label: string;
  columns: readonly Column<T>[];
  /** `undefined` while loading. */
  items: readonly T[] | undefined;
  rowKey: (row: T) => string;
  /** The whole row opens this; a link inside the title cell stays the keyboard's way. */
  onOpen?: (row: T) => void;
  isSelected?: (row: T) => boolean;
  error?: unknown;
  /** The sentence for `error`, from `errorMessage(error)`. */
  errorText?: string;
  retry?: () => void;
  empty: ReactNode;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  isStale?: boolean;
  loadMore?: () => void;
}

export function DataTable<T>(props: DataTableProps<T>) {
  const { t } = useTranslation();
  const { retry, items } = props;
  const failed = Boolean(props.error);
  useEffect(() => (failed && retry ? connection.onRetry(retry) : undefined), [failed, retry]);

  if (!items) {
    if (props.error)
      return <ErrorState message={props.errorText ?? ''} {...(retry ? { onRetry: retry } : {})} />;
    return <ListSkeleton rows={8} />;
  }
  if (items.length === 0 && !props.error) return props.empty;

  return (
    <div className={classes.frame} data-stale={props.isStale || undefined}>
      <table className={classes.table} aria-label={props.label}>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.id} data-align={column.align} style={{ width: column.width }} scope="col">
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <Row key={props.rowKey(row)} row={row} {...props} />
          ))}
        </tbody>
      </table>
      {props.error ? (
        <ErrorState message={props.errorText ?? ''} {...(retry ? { onRetry: retry } : {})} />
      ) : (
        props.hasMore && (
          <div className={classes.more}>
            <Button
              variant="default"
              loading={props.isLoadingMore ?? false}
              onClick={() => props.loadMore?.()}
            >
              {t('action.loadMore')}
            </Button>
          </div>
        )
      )}
    </div>
  );
}

function Row<T>({ row, columns, onOpen, isSelected }: DataTableProps<T> & { row: T }) {
  const open = (event: React.MouseEvent<HTMLElement>) => {
    const interactive = (event.target as HTMLElement).closest('a, button, input, label, [role="menuitem"]');
    if (!interactive && !window.getSelection()?.toString()) onOpen?.(row);
  };
  return (
    <tr
      className={onOpen ? classes.opens : undefined}
      data-selected={isSelected?.(row) || undefined}
      {...(onOpen ? { onClick: open } : {})}
    >
      {columns.map((column) => (
        <td key={column.id} data-align={column.align} data-phone={column.phone}>
          {column.phone !== 'title' && column.header && (
            <span className={classes.phoneLabel} aria-hidden>
              {column.header}
            </span>
          )}
          <span className={classes.value}>{column.cell(row)}</span>
        </td>
      ))}
    </tr>
  );
}
