import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import { ErrorState } from '@/ui/ErrorState';
import type { BookFilter } from '../bookAddress';
import { DayBookSkeleton } from '../DayBookSkeleton';
import classes from '../daybook.module.css';
import type { Fault, Loaded } from '../loaded';
import type { NewSlot } from '../newAppointment';
import type { BookSetup } from '../useBookSetup';

/** What every view of the book gets. */
export interface BookViewProps {
  setup: BookSetup;
  /** Why the setup may be out of date. */
  setupFault: Fault | null;
  date: string;
  filter: BookFilter;
  showCancelled: boolean;
  /** Pixels for a minute. */
  zoom: number;
  onCreate(slot: NewSlot): void;
  onOpen(id: string): void;
  onBlock(id: string): void;
}

/** What a view shows until it has all it needs. */
export function ViewState({ state }: { state: Loaded<unknown> }) {
  const { t } = useTranslation('scheduling');
  if (state.kind !== 'failed') return <DayBookSkeleton />;
  return (
    <ErrorState
      title={t('failed')}
      message={errorMessage(state.error)}
      requestId={isApiError(state.error) ? state.error.requestId : null}
      onRetry={state.retry}
    />
  );
}

/** What could not be read again stands there all the same. A lost connection has words of its own. */
export function StaleNote({ faults }: { faults: readonly (Fault | null)[] }) {
  const { t } = useTranslation(['scheduling', 'common']);
  const told = faults.filter((fault) => fault !== null && isApiError(fault.error));
  const [first] = told;
  if (!first) return null;
  const retry = () => {
    for (const fault of told) fault?.retry();
  };
  return (
    <p className={`${classes.stale} no-print`} role="alert">
      {t('stale')} {errorMessage(first.error)}
      <Button size="compact-sm" variant="light" onClick={retry}>
        {t('common:action.retry')}
      </Button>
    </p>
  );
}
