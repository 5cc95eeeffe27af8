import { SegmentedControl, TextInput } from '@mantine/core';
import { IconBuildingBank, IconCash, IconCreditCard } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { useSession } from '@/api/session';
import type { Invoice, Payment, PaymentMethod } from '@/api/types';
import { fields } from '@/i18n/fields';
import { parseAmount } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure } from '@/ui/form';
import { MoneyField } from '@/ui/MoneyField';
import { MoneyText } from '@/ui/texts';
import classes from './billing.module.css';
import { paymentShares } from './paymentShares';
import { refreshMoney } from './queries';

const METHODS = ['cash', 'card', 'transfer'] as const;
const GLYPHS = { cash: IconCash, card: IconCreditCard, transfer: IconBuildingBank };

interface PaymentFormProps {
  invoice: Invoice;
  onTaken: (payment: Payment) => void;
  onCancel: () => void;
}

export function PaymentForm({ invoice, onTaken, onCancel }: PaymentFormProps) {
  const { t } = useTranslation('billing');
  const { money } = useFormat();
  const { clinic } = useSession();
  const client = useQueryClient();
  const exponent = clinic.currency_exponent;
  const currency = invoice.balance.currency;
  const take = useAction((body: Record<string, unknown>, act) => api.post<Payment>('/payments', body, act));
  const schema = useMemo(
    () =>
      z.object({
        method: z.custom<PaymentMethod>(),
        amount: fields.amount(exponent, { positive: true }),
        reference: fields.optionalText(100),
      }),
    [exponent],
  );
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { method: 'cash' as PaymentMethod, amount: invoice.balance.amount, reference: '' },
    submit: async ({ method, amount, reference }) => {
      const { toInvoice } = paymentShares(amount, invoice.balance.amount, exponent);
      const payment = await take.mutateAsync({
        patient_id: invoice.patient_id,
        method,
        amount: { amount, currency },
        ...(reference ? { reference } : {}),
        allocations: [{ invoice_id: invoice.id, amount: { amount: toInvoice, currency } }],
      });
      await refreshMoney(client, invoice.patient_id);
      onTaken(payment);
    },
  });
  const amount = parseAmount(form.values.amount, exponent);
  const credit = amount && paymentShares(amount, invoice.balance.amount, exponent).credit;
  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <div className={classes.due}>
        <span>{t('totals.balance')}</span>
        <strong>
          <MoneyText money={invoice.balance} debt />
        </strong>
      </div>
      <SegmentedControl
        fullWidth
        aria-label={t('payment.method')}
        data={METHODS.map((value) => {
          const Glyph = GLYPHS[value];
          return {
            value,
            label: (
              <span className={classes.method}>
                <Glyph size={17} aria-hidden /> {t(`method.${value}`)}
              </span>
            ),
          };
        })}
        value={form.values.method}
        onChange={(method) => form.setFieldValue('method', method as PaymentMethod)}
      />
      <MoneyField
        {...form.getInputProps('amount')}
        label={t('payment.amount')}
        currency={currency}
        required
        {...(credit
          ? { description: t('payment.credit', { amount: money({ amount: credit, currency }) }) }
          : {})}
      />
      <TextInput
        {...form.getInputProps('reference')}
        label={t('payment.reference')}
        description={t(`payment.referenceHint.${form.values.method}`)}
        autoComplete="off"
      />
      <FormFailure message={failure} />
      <FormActions submitLabel={t('payment.confirm')} submitting={submitting} onCancel={onCancel} />
    </form>
  );
}
