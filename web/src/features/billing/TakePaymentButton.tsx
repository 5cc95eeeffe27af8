import { Button } from '@mantine/core';
import { IconCash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invoice } from '@/api/types';
import { isZeroMoney } from '@/lib/format';
import { useCan } from '@/lib/permissions';

const PaymentDialog = lazy(() => import('./PaymentDialog'));

/** Opens the payment dialog; absent where nothing is left to pay. */
export function TakePaymentButton({ invoice, compact = false }: { invoice: Invoice; compact?: boolean }) {
  const { t } = useTranslation('billing');
  const can = useCan();
  // The invoice as it was when the dialog opened: its balance changes below the receipt that is shown.
  const [paying, setPaying] = useState<Invoice | null>(null);
  const open = ['issued', 'part_paid'].includes(invoice.status) && !isZeroMoney(invoice.balance);
  const may = can('billing.take_payment');
  return (
    <>
      {open && (
        <Button
          {...(compact ? { size: 'compact-sm', variant: 'light' } : { fullWidth: true })}
          leftSection={<IconCash size={compact ? 15 : 18} />}
          disabled={!may}
          title={may ? undefined : t('payment.notAllowed')}
          onClick={() => setPaying(invoice)}
        >
          {t('payment.button')}
        </Button>
      )}
      <Suspense fallback={null}>
        {paying && <PaymentDialog invoice={paying} onClose={() => setPaying(null)} />}
      </Suspense>
    </>
  );
}
