import { Modal, SegmentedControl, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { HistoryKind } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import { type ListedTerm, ListedTermField } from './ListedTermField';
import classes from './patients.module.css';

const SEVERITIES = ['mild', 'moderate', 'severe'] as const;

const schema = z.object({
  name: fields.text(),
  listed: z.custom<ListedTerm | null>(),
  severity: z.enum(SEVERITIES),
  details: fields.optionalText(500),
  since: fields.optionalText(40),
});
type Entry = z.output<typeof schema>;

/** The API's shape: an entry chosen from the list keeps its code, free text is as good as it is. */
function bodyOf(kind: HistoryKind, { name, listed, severity, details, since }: Entry) {
  const given = <T,>(field: string, value: T | null | undefined | '') => (value ? { [field]: value } : {});
  if (kind === 'allergies') {
    return {
      substance: name,
      severity,
      ...given('drug_class', listed?.drug_class),
      ...given('reaction', details),
    };
  }
  if (kind === 'conditions') {
    return { name, status: 'active', ...given('code', listed?.code), ...given('since', since) };
  }
  return {
    name,
    ...given('drug_id', listed?.id),
    ...given('drug_class', listed?.drug_class),
    ...given('dose', details),
    ...given('since', since),
  };
}

interface HistoryEntryDialogProps {
  patientId: string;
  kind: HistoryKind;
  onClose: () => void;
}

export default function HistoryEntryDialog({ patientId, kind, onClose }: HistoryEntryDialogProps) {
  const { t } = useTranslation(['patients', 'common']);
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
  const allergy = kind === 'allergies';
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`history.${kind}.newTitle`)}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <ListedTermField
          kind={kind}
          label={t(`history.${kind}.name`)}
          value={form.values.name}
          error={form.errors.name}
          onChange={(name, listed) => form.setValues({ name, listed })}
        />
        {allergy && (
          <div>
            <div className={classes.label} id="severity-label">
              {t('history.severityLabel')}
            </div>
            <SegmentedControl
              {...form.getInputProps('severity')}
              aria-labelledby="severity-label"
              fullWidth
              data={SEVERITIES.map((value) => ({ value, label: t(`history.severity.${value}`) }))}
            />
          </div>
        )}
        <FormGrid columns={kind === 'medications' ? 2 : 1}>
          {kind !== 'conditions' && (
            <TextInput
              {...form.getInputProps('details')}
              label={t(allergy ? 'history.reaction' : 'history.dose')}
              placeholder={t(allergy ? 'history.reactionExample' : 'history.doseExample')}
              autoComplete="off"
            />
          )}
          {!allergy && (
            <TextInput
              {...form.getInputProps('since')}
              label={t('history.since')}
              placeholder={t('history.sinceExample')}
              autoComplete="off"
            />
          )}
        </FormGrid>
        <FormFailure message={failure} />
        <FormActions submitLabel={t(`history.${kind}.add`)} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
