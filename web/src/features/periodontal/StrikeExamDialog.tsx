import { Modal, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { PerioExam } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import css from './periodontal.module.css';
import { examChanged } from './queries';

/** Strikes an exam through, with the reason; nothing is deleted. */
export default function StrikeExamDialog({ exam, onClose }: { exam: PerioExam; onClose: () => void }) {
  const { t } = useTranslation('periodontal');
  const client = useQueryClient();
  const strike = useAction<PerioExam, string>((reason, act) =>
    api.post(`/perio-exams/${exam.id}/entered-in-error`, { reason }, act),
  );
  const schema = useMemo(() => z.object({ reason: fields.text(500) }), []);
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { reason: '' },
    submit: async ({ reason }) => {
      await examChanged(client, await strike.mutateAsync(reason));
      toast.done(t('strike.done'));
      onClose();
    },
  });
  return (
    <Modal opened onClose={onClose} title={t('strike.title')}>
      <form onSubmit={onSubmit} noValidate className={css.stack}>
        <p className={css.hint}>{t('strike.body')}</p>
        <Textarea
          {...form.getInputProps('reason')}
          label={t('strike.reason')}
          required
          autosize
          minRows={2}
          data-autofocus
        />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('strike.confirm')} submitting={submitting} onCancel={onClose} />
      </form>
    </Modal>
  );
}
