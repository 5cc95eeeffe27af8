import { Button, Drawer, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { errorMessage, fieldErrors } from '@/api/errors';
import { useApiForm } from '@/api/form';
import type { MessageTemplate, MessageWords } from '@/api/types';
import { fields } from '@/i18n/fields';
import { FormActions, FormFailure } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './notifications.module.css';
import { templatesQuery } from './queries';

const FIELDS = ['patient', 'clinic', 'date', 'hijri', 'time', 'doctor', 'branch', 'phone', 'link'] as const;
const PREVIEW_AFTER_MS = 400;

const schema = z.object({
  subject_ar: fields.optionalText(200),
  subject_en: fields.optionalText(200),
  text_ar: fields.text(4000),
  text_en: fields.text(4000),
});

export default function TemplateDrawer(props: { template: MessageTemplate; onClose: () => void }) {
  const { template, onClose } = props;
  const { t } = useTranslation(['notifications', 'common']);
  const client = useQueryClient();
  const path = `/message-templates/${template.purpose}/${template.channel}`;
  const { subject_ar, subject_en, text_ar, text_en } = template;
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { subject_ar, subject_en, text_ar, text_en },
    submit: async (words) => {
      await api.put(path, words, { version: template.version });
      await done();
    },
  });
  async function done() {
    await client.invalidateQueries({ queryKey: templatesQuery.queryKey });
    toast.done(t('saved'));
    onClose();
  }
  async function reset() {
    try {
      await api.delete(path);
      await done();
    } catch (error) {
      toast.failed(errorMessage(error));
    }
  }
  const mail = template.channel === 'mail';
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={720}
      title={`${t(`purpose.${template.purpose}`)} · ${t(`channel.${template.channel}`)}`}
    >
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <div>
          <p className={classes.hint}>{t('templates.fieldsHint')}</p>
          <div className={classes.fields}>
            {FIELDS.map((field) => (
              <span key={field} className={classes.field} title={t(`field.${field}`)}>
                {`{${field}}`}
              </span>
            ))}
          </div>
        </div>
        {mail && (
          <TextInput
            {...form.getInputProps('subject_ar')}
            label={t('templates.subjectAr')}
            lang="ar"
            required
          />
        )}
        <Textarea
          {...form.getInputProps('text_ar')}
          label={t('templates.textAr')}
          lang="ar"
          autosize
          minRows={3}
          maxRows={14}
          required
        />
        {mail && (
          <TextInput
            {...form.getInputProps('subject_en')}
            label={t('templates.subjectEn')}
            lang="en"
            required
          />
        )}
        <Textarea
          {...form.getInputProps('text_en')}
          label={t('templates.textEn')}
          lang="en"
          autosize
          minRows={3}
          maxRows={14}
          required
        />
        <Preview words={form.values} />
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose}>
          {template.changed && (
            <Button variant="subtle" onClick={() => void reset()}>
              {t('templates.reset')}
            </Button>
          )}
        </FormActions>
      </form>
    </Drawer>
  );
}

/** What a patient would read, in both languages. */
function Preview({ words }: { words: MessageWords }) {
  const { t } = useTranslation('notifications');
  const [settled] = useDebouncedValue(words, PREVIEW_AFTER_MS);
  const preview = useQuery({
    queryKey: ['clinic', 'reminders', 'preview', settled],
    queryFn: ({ signal }) => api.post<MessageWords>('/message-templates/preview', settled, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const refused = preview.error
    ? (Object.values(fieldErrors(preview.error))[0] ?? errorMessage(preview.error))
    : null;
  return (
    <section aria-label={t('templates.preview')}>
      <h3 className={classes.section}>{t('templates.preview')}</h3>
      {refused && (
        <p role="alert" className={classes.fault}>
          {refused}
        </p>
      )}
      {preview.data && !refused && (
        <div className={classes.previews}>
          <div className={classes.preview} dir="rtl" lang="ar">
            {preview.data.subject_ar && <b>{preview.data.subject_ar}</b>}
            {preview.data.text_ar}
          </div>
          <div className={classes.preview} dir="ltr" lang="en">
            {preview.data.subject_en && <b>{preview.data.subject_en}</b>}
            {preview.data.text_en}
          </div>
        </div>
      )}
    </section>
  );
}
