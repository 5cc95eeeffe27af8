import { Checkbox } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import type { PlanSuggestion } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { Place } from '@/ui/Place';
import { MoneyText } from '@/ui/texts';
import css from './planning.module.css';

interface PickedSuggestionsProps {
  query: UseQueryResult<PlanSuggestion[]>;
  /** Findings that are not taken over. */
  left: ReadonlySet<string>;
  onLeft: (left: ReadonlySet<string>) => void;
}

/** A finding of several teeth is planned for tooth by tooth. */
export const suggestionKey = ({ finding_event_id, tooth }: PlanSuggestion) =>
  `${finding_event_id}:${tooth ?? ''}`;

/** What was found and is not planned for: each is taken over with the procedure that usually treats it. */
export function PickedSuggestions({ query, left, onLeft }: PickedSuggestionsProps) {
  const { t } = useTranslation('planning');
  const { pick, name } = useFormat();
  if (query.error) {
    return <ErrorState message={errorMessage(query.error)} onRetry={() => void query.refetch()} />;
  }
  if (!query.data) return <ListSkeleton rows={2} />;
  if (query.data.length === 0) return <p className={css.quiet}>{t('suggestions.none')}</p>;
  const toggle = (id: string) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    onLeft(next);
  };
  return (
    <fieldset className={css.picked}>
      <legend>{t('suggestions.take')}</legend>
      {query.data.map((suggestion) => {
        const id = suggestionKey(suggestion);
        const first = suggestion.procedures[0];
        return (
          <Checkbox
            key={id}
            checked={!left.has(id)}
            onChange={() => toggle(id)}
            label={
              <span className={css.pickedLine}>
                <span>
                  <bdi>{pick(suggestion.finding_ar, suggestion.finding_en)}</bdi>
                  {suggestion.tooth && (
                    <>
                      {' · '}
                      <Place tooth={suggestion.tooth} surfaces={suggestion.surfaces} />
                    </>
                  )}
                </span>
                <span className={css.quiet}>
                  <bdi>{name(first)}</bdi> {first?.fee && <MoneyText money={first.fee} />}
                </span>
              </span>
            }
          />
        );
      })}
    </fieldset>
  );
}
