import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import { ErrorState } from '@/ui/ErrorState';
import type { BookFilter } from '../bookAddress';
import { DayBookSkeleton } from '../DayBookSkeleton';
import type { Loaded } from '../loaded';
import type { NewSlot } from '../newAppointment';
import type { BookSetup } from '../useBookSetup';

/** What every view of the book gets. */
export interface BookViewProps {
  setup: BookSetup;
  date: string;
  filter: BookFilter;
  showCancelled: boolean;
  /** Pixels for a minute. */
  zoom: number;
  onCreate(slot: NewSlot): void;
  onOpen(id: string): void;
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
