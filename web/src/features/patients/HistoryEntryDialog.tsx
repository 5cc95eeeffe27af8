import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { HistoryKind } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import { HistoryEntryFields } from './HistoryEntryFields';
import { detailsBody, detailsSchema } from './historyEntry';
import { type ListedTerm, ListedTermField } from './ListedTermField';
import classes from './patients.module.css';

const schema = detailsSchema.extend({ name: fields.text(), listed: z.custom<ListedTerm | null>() });
type Entry = z.output<typeof schema>;

/** The API's shape: an entry chosen from the list keeps its code, free text is as good as it is. */
function bodyOf(kind: HistoryKind, { name, listed, ...details }: Entry) {
  const body = detailsBody(kind, details);
  if (kind === 'allergies') return { ...body, substance: name, drug_class: listed?.drug_class ?? null };
  if (kind === 'conditions') return { ...body, name, code: listed?.code ?? null };
  return { ...body, name, drug_id: listed?.id ?? null, drug_class: listed?.drug_class ?? null };
}

interface HistoryEntryDialogProps {
  patientId: string;
  kind: HistoryKind;
  onClose: () => void;
}

export default function HistoryEntryDialog({ patientId, kind, onClose }: HistoryEntryDialogProps) {
  const { t } = useTranslation('patients');
  const client = useQueryClient();
  const add = useAction((entry: Entry, act) =>
    api.post(`/patients/${patientId}/${kind}`, bodyOf(kind, entry), act),
  );
  const { form, failure, submitting, onSubmit } = useApiForm<z.input<typeof schema>, Entry>({
    schema,
    initialValues: { name: '', listed: null, severity: 'moderate', details: '', since: '' },
    submit: async (entry) => {
      await add.mutateAsync(entry);
      await client.invalidateQueries({ queryKey: ['patients', patientId] });
      toast.done(t('history.added', { name: entry.name }));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t(`history.${kind}.newTitle`)}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <ListedTermField
          kind={kind}
          label={t(`history.${kind}.name`)}
          value={form.values.name}
          error={form.errors.name}
          onChange={(name, listed) => form.setValues({ name, listed })}
        />
        <HistoryEntryFields kind={kind} field={form.getInputProps} />
        <FormFailure message={failure} />
        <FormActions submitLabel={t(`history.${kind}.add`)} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
