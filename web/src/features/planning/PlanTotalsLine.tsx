import { useTranslation } from 'react-i18next';
import type { PlanTotals } from '@/api/types';
import { isZeroMoney } from '@/lib/format';
import { MoneyText } from '@/ui/texts';
import css from './planning.module.css';

/** What something costs and who pays it; parts that are nothing are left out. */
export function PlanTotalsLine({ totals, strong = false }: { totals: PlanTotals | null; strong?: boolean }) {
  const { t } = useTranslation('planning');
  if (!totals) return null;
  const parts = (['subtotal', 'discount', 'tax', 'insurer'] as const).filter(
    (part) => !isZeroMoney(totals[part]) && (part !== 'subtotal' || !isZeroMoney(totals.discount)),
  );
  return (
    <dl className={css.totals} data-strong={strong || undefined}>
      {parts.map((part) => (
        <div key={part}>
          <dt>{t(`totals.${part}`)}</dt>
          <dd>
            <MoneyText money={totals[part]} />
          </dd>
        </div>
      ))}
      <div className={css.total}>
        <dt>{t('totals.patient')}</dt>
        <dd>
          <MoneyText money={totals.patient} />
        </dd>
      </div>
    </dl>
  );
}
