import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Payment } from '@/api/types';
import { isZeroMoney } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { Code, MoneyText } from '@/ui/texts';
import classes from './billing.module.css';
import { PrintMenu } from './PrintMenu';

export function PaymentTaken({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const { t } = useTranslation(['billing', 'common']);
  const { money } = useFormat();
  return (
    <div className={classes.taken}>
      <IconCircleCheck size={40} stroke={1.5} aria-hidden />
      <p className={classes.takenAmount}>
        <MoneyText money={payment.amount} />
      </p>
      <p className={classes.quiet}>
        {t('payment.receipt')} <Code>{payment.number}</Code>
      </p>
      {!isZeroMoney(payment.unallocated) && (
        <p className={classes.quiet}>{t('payment.credit', { amount: money(payment.unallocated) })}</p>
      )}
      <div className={classes.takenActions}>
        <PrintMenu path={`/payments/${payment.id}/pdf`} label={t('payment.printReceipt')} />
        <Button onClick={onClose} data-autofocus>
          {t('common:action.close')}
        </Button>
      </div>
    </div>
  );
}
