import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Invoice } from '@/api/types';
import { FormFailure } from '@/ui/form';
import classes from './billing.module.css';
import { ProcedureSearch } from './ProcedureSearch';

/** A draft begins with its first line; the rest is written on its page. */
export default function NewInvoiceDialog(props: { patientId: string; onClose: () => void }) {
  const { t } = useTranslation('billing');
  const client = useQueryClient();
  const navigate = useNavigate();
  const create = useAction(
    (procedureId: string, act) =>
      api.post<Invoice>(
        '/invoices',
        { patient_id: props.patientId, lines: [{ procedure_id: procedureId, quantity: 1 }] },
        act,
      ),
    {
      onSuccess: ({ id }) => {
        void client.invalidateQueries({ queryKey: ['invoices'] });
        void client.invalidateQueries({ queryKey: ['patients', props.patientId, 'invoices'] });
        return navigate({ to: '/invoices/$invoiceId', params: { invoiceId: id } });
      },
    },
  );
  return (
    <Modal opened onClose={props.onClose} title={t('new.title')}>
      <div className={classes.form}>
        <p className={classes.notes}>{t('new.body')}</p>
        <ProcedureSearch busy={create.isPending} onPick={({ id }) => create.mutate(id)} />
        <FormFailure message={create.error ? errorMessage(create.error) : null} />
      </div>
    </Modal>
  );
}
