import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { PlanSuggestion, TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { Place } from '@/ui/Place';
import { MoneyText } from '@/ui/texts';
import { suggestionKey } from './PickedSuggestions';
import css from './planning.module.css';
import { suggestionsQuery } from './queries';
import { usePlanAction } from './usePlanAction';

/** What was found and nothing is planned for: one click plans the procedure that usually treats it. */
export function Suggestions({ plan }: { plan: TreatmentPlan }) {
  const { t } = useTranslation('planning');
  const { pick, name } = useFormat();
  const query = useQuery(suggestionsQuery(plan.patient_id));
  const add = usePlanAction(
    plan.patient_id,
    ({ from, procedure }: { from: PlanSuggestion; procedure: string }, act) =>
      api.post<TreatmentPlan>(
        `/plans/${plan.id}/items`,
        {
          procedure_id: procedure,
          finding_event_id: from.finding_event_id,
          ...(from.tooth ? { tooth: from.tooth, surfaces: from.surfaces } : {}),
        },
        act,
      ),
  );
  if (query.error) {
    return (
      <Card title={t('suggestions.title')}>
        <ErrorState message={errorMessage(query.error)} onRetry={() => void query.refetch()} />
      </Card>
    );
  }
  if (!query.data || query.data.length === 0) return null;
  return (
    <Card title={t('suggestions.title')}>
      <ul className={css.suggestions}>
        {query.data.map((from) => {
          const [first, ...others] = from.procedures;
          if (!first) return null;
          const busy =
            add.isPending && add.variables && suggestionKey(add.variables.from) === suggestionKey(from);
          return (
            <li key={suggestionKey(from)}>
              <span className={css.finding}>
                <bdi>{pick(from.finding_ar, from.finding_en)}</bdi>
                {from.tooth && <Place tooth={from.tooth} surfaces={from.surfaces} />}
              </span>
              <Button.Group>
                <Button
                  size="xs"
                  variant="light"
                  loading={busy}
                  leftSection={<IconPlus size={15} />}
                  onClick={() => add.mutate({ from, procedure: first.procedure_id })}
                >
                  <bdi>{name(first)}</bdi>
                </Button>
                {others.length > 0 && (
                  <Menu position="bottom-end">
                    <Menu.Target>
                      <Button size="xs" variant="light" px={6} aria-label={t('suggestions.others')}>
                        <IconChevronDown size={15} />
                      </Button>
                    </Menu.Target>
                    <Menu.Dropdown>
                      {others.map((procedure) => (
                        <Menu.Item
                          key={procedure.procedure_id}
                          rightSection={procedure.fee && <MoneyText money={procedure.fee} />}
                          onClick={() => add.mutate({ from, procedure: procedure.procedure_id })}
                        >
                          <bdi>{name(procedure)}</bdi>
                        </Menu.Item>
                      ))}
                    </Menu.Dropdown>
                  </Menu>
                )}
              </Button.Group>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
