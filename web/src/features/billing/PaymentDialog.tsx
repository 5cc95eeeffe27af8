import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Invoice, Payment } from '@/api/types';
import { Code } from '@/ui/texts';
import { PaymentForm } from './PaymentForm';
import { PaymentTaken } from './PaymentTaken';

interface PaymentDialogProps {
  invoice: Invoice;
  onClose: () => void;
}

/** Takes a payment for one invoice, then offers its receipt. */
export default function PaymentDialog({ invoice, onClose }: PaymentDialogProps) {
  const { t } = useTranslation('billing');
  const [taken, setTaken] = useState<Payment | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        taken ? (
          t('payment.taken')
        ) : (
          <>
            {t('payment.title')} <Code>{invoice.number}</Code>
          </>
        )
      }
    >
      {taken ? (
        <PaymentTaken payment={taken} onClose={onClose} />
      ) : (
        <PaymentForm invoice={invoice} onTaken={setTaken} onCancel={onClose} />
      )}
    </Modal>
  );
}
