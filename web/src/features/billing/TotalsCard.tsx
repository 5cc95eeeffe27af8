import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invoice, Money } from '@/api/types';
import { isZeroMoney } from '@/lib/format';
import { Card } from '@/ui/Card';
import { MoneyText } from '@/ui/texts';
import classes from './billing.module.css';

interface TotalsCardProps {
  invoice: Invoice;
  /** The server is still adding up the last change. */
  stale?: boolean;
  children?: ReactNode;
}

/** The sums as the server answers them. */
export function TotalsCard({ invoice, stale = false, children }: TotalsCardProps) {
  const { t } = useTranslation('billing');
  const draft = invoice.status === 'draft';
  return (
    <Card title={t('totals.title')}>
      <dl className={classes.totals} data-stale={stale || undefined} aria-busy={stale}>
        <Sum label={t('totals.subtotal')} money={invoice.subtotal} />
        {!isZeroMoney(invoice.discount) && <Sum label={t('totals.discount')} money={invoice.discount} />}
        <Sum label={t('totals.tax')} money={invoice.tax} />
        <Sum label={t('totals.total')} money={invoice.total} kind="total" />
        {!draft && <Sum label={t('totals.paid')} money={invoice.paid} />}
        {!draft && <Sum label={t('totals.balance')} money={invoice.balance} kind="balance" />}
      </dl>
      {children && <div className={classes.totalsActions}>{children}</div>}
    </Card>
  );
}

function Sum({ label, money, kind }: { label: string; money: Money; kind?: 'total' | 'balance' }) {
  return (
    <div data-kind={kind}>
      <dt>{label}</dt>
      <dd>
        <MoneyText money={money} debt={kind === 'balance'} />
      </dd>
    </div>
  );
}
