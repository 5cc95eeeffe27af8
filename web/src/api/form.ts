import { schemaResolver, useForm } from '@mantine/form';
import i18next from 'i18next';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { ZodType } from 'zod';
import { draft } from '@/lib/draft';
import { errorMessage, fieldErrors } from './errors';

interface ApiFormOptions<T extends Record<string, unknown>, Checked> {
  schema: ZodType<Checked, T>;
  initialValues: T;
  /** Gets what the schema made of the values and calls the API; what it throws is shown in the form, which keeps what was typed. */
  submit: (values: Checked) => Promise<unknown>;
  /** Keeps an unsent draft in this tab under this name, until it is sent. */
  draftKey?: string;
}

/**
 * A form that checks with zod, sends once, and puts the server's field errors on the fields by their pointer.
 * `const { form, failure, submitting, onSubmit } = useApiForm({ schema, initialValues, submit })`
 */
export function useApiForm<T extends Record<string, unknown>, Checked = T>(
  options: ApiFormOptions<T, Checked>,
) {
  const { draftKey } = options;
  const [failure, setFailure] = useState<string | null>(null);
  const [submitting, setSubmitting] = useState(false);
  const busy = useRef(false);
  const form = useForm<T>({
    mode: 'controlled',
    initialValues: draftKey
      ? { ...options.initialValues, ...draft.read<Partial<T>>(draftKey) }
      : options.initialValues,
    validate: schemaResolver(options.schema, { sync: true }),
    validateInputOnBlur: false,
    onValuesChange: () => setFailure(null),
  });

  const typed = form.values;
  const dirty = form.isDirty();
  useEffect(() => {
    if (draftKey && dirty) draft.write(draftKey, typed);
  }, [draftKey, dirty, typed]);

  async function send(values: T) {
    if (busy.current) return;
    busy.current = true;
    setSubmitting(true);
    setFailure(null);
    try {
      await options.submit(options.schema.parse(values));
      if (draftKey) draft.clear(draftKey);
    } catch (error) {
      const onFields = fieldErrors(error);
      const known = Object.keys(onFields).filter((path) => (path.split('.')[0] ?? '') in values);
      for (const path of known) form.setFieldError(path, onFields[path]);
      const elsewhere = Object.keys(onFields).find((path) => !known.includes(path));
      setFailure(
        elsewhere
          ? (onFields[elsewhere] ?? null)
          : known.length > 0
            ? i18next.t('state.fixFields')
            : errorMessage(error),
      );
    } finally {
      busy.current = false;
      setSubmitting(false);
    }
  }

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    form.onSubmit(send, () => setFailure(i18next.t('state.fixFields')))(event);
  };

  return { form, failure, submitting, onSubmit, discardDraft: () => draftKey && draft.clear(draftKey) };
}
