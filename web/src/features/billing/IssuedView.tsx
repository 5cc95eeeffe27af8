import { Alert } from '@mantine/core';
import { IconBan } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Invoice } from '@/api/types';
import { Card } from '@/ui/Card';
import classes from './billing.module.css';
import { IssuedLines } from './IssuedLines';
import { PaymentsCard } from './PaymentsCard';
import { TakePaymentButton } from './TakePaymentButton';
import { TotalsCard } from './TotalsCard';

/** A numbered invoice: its lines are frozen, payments come and go. */
export function IssuedView({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('billing');
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        {invoice.visit_in_error && (
          <Alert color="red" variant="light" icon={<IconBan size={18} />} title={t('visitInError.title')}>
            {t('visitInError.body')}
          </Alert>
        )}
        <IssuedLines invoice={invoice} />
        {invoice.notes && (
          <Card title={t('notes.title')}>
            <p className={classes.notes} dir="auto">
              {invoice.notes}
            </p>
          </Card>
        )}
        <PaymentsCard invoice={invoice} />
      </div>
      <div className={classes.side}>
        <TotalsCard invoice={invoice}>
          <TakePaymentButton invoice={invoice} />
        </TotalsCard>
      </div>
    </div>
  );
}
