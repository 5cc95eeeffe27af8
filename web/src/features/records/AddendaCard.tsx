import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Visit } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { Card } from '@/ui/Card';
import { FormActions, FormFailure } from '@/ui/form';
import { DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { refreshVisit } from './queries';
import type { VisitRights } from './useVisitRights';
import classes from './visit.module.css';

const MAX_LENGTH = 5000;

/** The only way to say more after the signature. */
export function AddendaCard({ visit, rights }: { visit: Visit; rights: VisitRights }) {
  const { t } = useTranslation('records');
  const { name } = useFormat();
  const mayAdd = visit.status === 'signed' && rights.signs;
  if (visit.addenda.length === 0 && !mayAdd) return null;
  return (
    <Card title={t('addenda.title')}>
      {visit.addenda.length === 0 && <p className={classes.empty}>{t('addenda.empty')}</p>}
      <ol className={classes.addenda}>
        {visit.addenda.map((addendum) => (
          <li key={addendum.id}>
            <p dir="auto">{addendum.text}</p>
            <small className={classes.quiet}>
              <bdi>{name(addendum.by)}</bdi> · <DateTimeText value={addendum.at} />
            </small>
          </li>
        ))}
      </ol>
      {mayAdd && <AddendumForm visit={visit} />}
    </Card>
  );
}

function AddendumForm({ visit }: { visit: Visit }) {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const add = useAction((text: string, act) => api.post(`/visits/${visit.id}/addenda`, { text }, act));
  const schema = useMemo(() => z.object({ text: fields.text(MAX_LENGTH) }), []);
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { text: '' },
    draftKey: `visit.${visit.id}.addendum`,
    submit: async ({ text }) => {
      await add.mutateAsync(text);
      await refreshVisit(client, visit);
      form.setValues({ text: '' });
      toast.done(t('addenda.added'));
    },
  });
  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <Textarea
        {...form.getInputProps('text')}
        label={t('addenda.text')}
        description={t('addenda.hint')}
        autosize
        minRows={2}
      />
      <FormFailure message={failure} />
      <FormActions submitLabel={t('addenda.add')} submitting={submitting} />
    </form>
  );
}
