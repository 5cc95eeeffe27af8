import { Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Visit } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import { refreshVisit } from './queries';
import classes from './visit.module.css';

/** Strikes the whole visit through, with the reason; nothing is deleted. */
export default function EnteredInErrorDialog({ visit, onClose }: { visit: Visit; onClose: () => void }) {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const strike = useAction((reason: string, act) =>
    api.post(`/visits/${visit.id}/entered-in-error`, { reason }, { ...act, version: visit.version }),
  );
  const schema = useMemo(() => z.object({ reason: fields.text(500) }), []);
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { reason: '' },
    submit: async ({ reason }) => {
      await strike.mutateAsync(reason);
      await refreshVisit(client, visit);
      toast.done(t('error.done'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('error.title')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <p className={classes.dialogText}>{t('error.body')}</p>
        <Textarea
          {...form.getInputProps('reason')}
          label={t('error.reason')}
          required
          autosize
          minRows={2}
          data-autofocus
        />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('error.confirm')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
