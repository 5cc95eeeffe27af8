import { Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { useSession } from '@/api/session';
import type { Payment } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure } from '@/ui/form';
import { MoneyField } from '@/ui/MoneyField';
import { Code, MoneyText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './billing.module.css';
import { refundable } from './paymentShares';
import { refreshMoney } from './queries';

/** Pays money back, with the reason; the payment itself stays in the books. */
export default function RefundDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const { t } = useTranslation('billing');
  const { clinic } = useSession();
  const client = useQueryClient();
  const exponent = clinic.currency_exponent;
  const { currency } = payment.amount;
  const left = refundable(payment.amount.amount, payment.refunded.amount, exponent);
  const refund = useAction((body: Record<string, unknown>, act) =>
    api.post(`/payments/${payment.id}/refunds`, body, act),
  );
  const schema = useMemo(
    () => z.object({ amount: fields.amount(exponent, { positive: true }), reason: fields.text(500) }),
    [exponent],
  );
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { amount: left, reason: '' },
    submit: async ({ amount, reason }) => {
      await refund.mutateAsync({ amount: { amount, currency }, reason });
      await refreshMoney(client, payment.patient_id);
      toast.done(t('refund.done'));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <>
          {t('refund.title')} <Code>{payment.number}</Code>
        </>
      }
    >
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <div className={classes.due}>
          <span>{t('refund.left')}</span>
          <strong>
            <MoneyText money={{ amount: left, currency }} />
          </strong>
        </div>
        <MoneyField
          {...form.getInputProps('amount')}
          label={t('refund.amount')}
          currency={currency}
          required
        />
        <Textarea
          {...form.getInputProps('reason')}
          label={t('refund.reason')}
          required
          autosize
          minRows={2}
        />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('refund.confirm')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
