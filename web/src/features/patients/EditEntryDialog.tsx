import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { HistoryKind } from '@/api/types';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import { HistoryEntryFields } from './HistoryEntryFields';
import { detailsBody, detailsSchema } from './historyEntry';
import type { HistoryLine } from './historyLines';
import classes from './patients.module.css';

interface EditEntryDialogProps {
  line: HistoryLine;
  kind: HistoryKind;
  patientId: string;
  onClose: () => void;
}

/** What is known about an entry changes; what it is about does not: that would be another entry. */
export default function EditEntryDialog({ line, kind, patientId, onClose }: EditEntryDialogProps) {
  const { t } = useTranslation(['patients', 'common']);
  const client = useQueryClient();
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: detailsSchema,
    initialValues: {
      severity: line.severity ?? 'moderate',
      details: line.details ?? '',
      since: line.since ?? '',
    },
    submit: async (details) => {
      await api.patch(`/patients/${patientId}/${kind}/${line.id}`, detailsBody(kind, details), {
        version: line.version,
      });
      await client.invalidateQueries({ queryKey: ['patients', patientId] });
      toast.done(t('common:state.saved'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('history.editTitle', { name: line.title })}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <HistoryEntryFields kind={kind} field={form.getInputProps} />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
