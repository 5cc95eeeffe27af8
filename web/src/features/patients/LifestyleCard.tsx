import { Button, Select, Textarea } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { MedicalHistory, Patient } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { IfCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { DateField } from '@/ui/dates';
import { FormActions, FormFailure } from '@/ui/form';
import { DateText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './patients.module.css';

const SMOKING = ['unknown', 'never', 'former', 'current'] as const;
const PREGNANCY = ['unknown', 'no', 'yes', 'not_applicable'] as const;

const schema = z.object({
  smoking: z.enum(SMOKING),
  pregnancy: z.enum(PREGNANCY),
  pregnancy_due: z.string().nullable(),
  surgery_notes: fields.optionalText(4000),
});
type Lifestyle = z.output<typeof schema>;

interface LifestyleCardProps {
  patient: Patient;
  history: MedicalHistory;
}

/** Smoking, pregnancy and former surgery: one answer each, not a list. */
export function LifestyleCard({ patient, history }: LifestyleCardProps) {
  const { t } = useTranslation(['patients', 'common']);
  const { hijri } = useFormat();
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <Card title={t('lifestyle.title')}>
        <LifestyleForm patient={patient} history={history} onClose={() => setEditing(false)} />
      </Card>
    );
  }
  const { smoking, pregnancy, surgery_notes: surgery, pregnancy_due: due } = history;
  return (
    <Card
      title={t('lifestyle.title')}
      actions={
        <IfCan permission="patients.write_history">
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconPencil size={16} />}
            onClick={() => setEditing(true)}
          >
            {t('common:action.edit')}
          </Button>
        </IfCan>
      }
    >
      <dl className={classes.data}>
        <dt>{t('lifestyle.smoking')}</dt>
        <dd data-unknown={smoking === 'unknown' || undefined}>{t(`lifestyle.smokes.${smoking}`)}</dd>
        {patient.sex !== 'male' && (
          <>
            <dt>{t('lifestyle.pregnancy')}</dt>
            <dd data-unknown={pregnancy === 'unknown' || undefined}>
              {t(`lifestyle.pregnant.${pregnancy}`)}
              {pregnancy === 'yes' && due && (
                <span className={classes.due}>
                  {t('lifestyle.due')} <DateText value={due} />{' '}
                  <span className={classes.quiet}>
                    (<bdi>{hijri(due)}</bdi>)
                  </span>
                </span>
              )}
            </dd>
          </>
        )}
        <dt>{t('lifestyle.surgery')}</dt>
        <dd data-unknown={!surgery || undefined}>
          {surgery ? <bdi className={classes.typedText}>{surgery}</bdi> : t('lifestyle.noSurgery')}
        </dd>
      </dl>
    </Card>
  );
}

function LifestyleForm({ patient, history, onClose }: LifestyleCardProps & { onClose: () => void }) {
  const { t } = useTranslation(['patients', 'common']);
  const client = useQueryClient();
  // The version the form was opened on, so that another person's change is not overwritten.
  const [version] = useState(patient.version);
  const { form, failure, submitting, onSubmit } = useApiForm<z.input<typeof schema>, Lifestyle>({
    schema,
    initialValues: {
      smoking: history.smoking,
      pregnancy: history.pregnancy,
      pregnancy_due: history.pregnancy_due ?? null,
      surgery_notes: history.surgery_notes ?? '',
    },
    submit: async ({ surgery_notes, pregnancy_due, ...rest }) => {
      const due = rest.pregnancy === 'yes' ? pregnancy_due || null : null;
      await api.patch(
        `/patients/${patient.id}/history`,
        { ...rest, pregnancy_due: due, surgery_notes: surgery_notes || null },
        { version },
      );
      await client.invalidateQueries({ queryKey: ['patients', patient.id] });
      toast.done(t('common:state.saved'));
      onClose();
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <Select
        {...form.getInputProps('smoking')}
        label={t('lifestyle.smoking')}
        allowDeselect={false}
        data={SMOKING.map((value) => ({ value, label: t(`lifestyle.smokes.${value}`) }))}
      />
      {patient.sex !== 'male' && (
        <Select
          {...form.getInputProps('pregnancy')}
          label={t('lifestyle.pregnancy')}
          allowDeselect={false}
          data={PREGNANCY.map((value) => ({ value, label: t(`lifestyle.pregnant.${value}`) }))}
        />
      )}
      {form.values.pregnancy === 'yes' && (
        <DateField {...form.getInputProps('pregnancy_due')} label={t('lifestyle.due')} hijri />
      )}
      <Textarea
        {...form.getInputProps('surgery_notes')}
        label={t('lifestyle.surgery')}
        autosize
        minRows={3}
        maxRows={12}
      />
      <FormFailure message={failure} />
      <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
    </form>
  );
}
