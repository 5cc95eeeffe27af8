import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { DateText, MoneyText } from '@/ui/texts';
import { PlanBadges } from './PlanBadges';
import css from './planning.module.css';

interface PlanChoiceProps {
  plans: readonly TreatmentPlan[];
  shown: string | undefined;
  onOpen: (id: string) => void;
  action: ReactNode;
}

/** All plans of the patient; alternatives stand together, each with its letter. */
export function PlanChoice({ plans, shown, onOpen, action }: PlanChoiceProps) {
  const { t } = useTranslation('planning');
  const { number } = useFormat();
  const groups = [...new Set(plans.map((plan) => plan.option_group))];
  const ordered = groups.flatMap((group) =>
    plans
      .filter((plan) => plan.option_group === group)
      .sort((a, b) => (a.created_at < b.created_at ? -1 : 1)),
  );
  return (
    <Card title={t('title')} actions={action}>
      <ul className={css.choice} aria-label={t('title')}>
        {ordered.map((plan) => (
          <li key={plan.id}>
            <button
              type="button"
              className={css.plan}
              aria-pressed={plan.id === shown}
              onClick={() => onOpen(plan.id)}
            >
              <span className={css.planName}>
                <bdi>{plan.name}</bdi>
                {plan.options.length > 0 && <span className={css.option}>{optionWord(plan, plans, t)}</span>}
              </span>
              <span className={css.planFacts}>
                <DateText value={plan.created_at} />
                {plan.totals && <MoneyText money={plan.totals.patient} />}
                <span>
                  {t('progress.items', {
                    done: number(plan.progress.items_done),
                    count: plan.progress.items,
                    all: number(plan.progress.items),
                  })}
                </span>
              </span>
              <PlanBadges plan={plan} />
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const LETTERS = { en: 'ABCDEFGH', ar: 'أبجدهوزح' } as const;

function optionWord(
  plan: TreatmentPlan,
  plans: readonly TreatmentPlan[],
  t: ReturnType<typeof useTranslation<'planning'>>['t'],
): string {
  const group = plans
    .filter(({ option_group }) => option_group === plan.option_group)
    .sort((a, b) => (a.created_at < b.created_at ? -1 : 1));
  const at = group.findIndex(({ id }) => id === plan.id);
  const letters = LETTERS[t('option.letters') === 'ar' ? 'ar' : 'en'];
  return t('option.name', { letter: letters[at] ?? `${at + 1}` });
}
