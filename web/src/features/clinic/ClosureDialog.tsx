import { Button, Modal, Select, Switch, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useApiForm } from '@/api/form';
import type { Closure } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { useConfirm } from '@/ui/confirm';
import { DateField } from '@/ui/dates';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import classes from './clinic.module.css';
import type { HoursOwner } from './HoursPage';
import { oneNameGiven } from './names';
import { WeekFields } from './WeekFields';
import { daysOf, type Week, weekHolds, weekOf } from './weekHours';

const schema = z
  .object({
    kind: fields.choice(),
    name_ar: fields.optionalText(120),
    name_en: fields.optionalText(120),
    starts_on: fields.date(),
    ends_on: fields.date(),
    everybody: z.boolean(),
    hours: z.custom<Week>(),
  })
  .superRefine(oneNameGiven)
  .superRefine((values, context) => {
    if (values.ends_on < values.starts_on) {
      context.addIssue({ code: 'custom', path: ['ends_on'], message: i18next.t('clinic:closures.order') });
    }
    if (values.kind === 'hours' && !weekHolds(values.hours)) {
      context.addIssue({ code: 'custom', path: ['hours'], message: i18next.t('clinic:hours.wrong') });
    }
  });

interface ClosureDialogProps {
  owner: HoursOwner;
  closure: Closure | null;
  onClose: () => void;
}

export default function ClosureDialog({ owner, closure, onClose }: ClosureDialogProps) {
  const { t } = useTranslation(['clinic', 'common']);
  const { name, today } = useFormat();
  const client = useQueryClient();
  const confirm = useConfirm();
  const kinds =
    owner.kind === 'staff' ? (['leave', 'hours'] as const) : (['holiday', 'closure', 'hours'] as const);
  const done = async (message: string) => {
    await client.invalidateQueries({ queryKey: ['clinic'] });
    toast.done(message);
    onClose();
  };
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: {
      kind: (closure?.kind ?? kinds[0]) as string,
      name_ar: closure?.name_ar ?? '',
      name_en: closure?.name_en ?? '',
      starts_on: closure?.starts_on ?? today(),
      ends_on: closure?.ends_on ?? today(),
      everybody: closure?.everybody ?? true,
      hours: weekOf(closure?.hours ?? []),
    },
    submit: async ({ hours, ...values }) => {
      const body = { ...values, hours: values.kind === 'hours' ? daysOf(hours) : [] };
      const whose = owner.kind === 'staff' ? { staff_id: owner.id } : { branch_id: owner.id };
      if (closure) await api.patch(`/closures/${closure.id}`, body, { version: closure.version });
      else await api.post('/closures', { ...body, ...whose });
      await done(t('closures.saved'));
    },
  });
  const remove = async (removed: Closure) => {
    const sure = await confirm({
      title: t('closures.removeTitle'),
      body: t('closures.removeBody', { name: name(removed) }),
      confirmLabel: t('closures.remove'),
      danger: true,
    });
    if (!sure) return;
    try {
      await api.delete(`/closures/${removed.id}`);
      await done(t('closures.removed'));
    } catch (error) {
      toast.failed(errorMessage(error));
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size={form.values.kind === 'hours' ? 'lg' : 'md'}
      title={closure ? t('closures.edit') : t('closures.new')}
    >
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <Select
          {...form.getInputProps('kind')}
          label={t('closures.kind')}
          data={kinds.map((value) => ({ value, label: t(`closures.kinds.${value}`) }))}
          allowDeselect={false}
        />
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('clinic.nameAr')} lang="ar" data-autofocus />
          <TextInput {...form.getInputProps('name_en')} label={t('clinic.nameEn')} lang="en" />
          <DateField {...form.getInputProps('starts_on')} label={t('closures.first')} hijri required />
          <DateField {...form.getInputProps('ends_on')} label={t('closures.last')} hijri required />
        </FormGrid>
        {owner.kind === 'branch' && (
          <Switch
            {...form.getInputProps('everybody', { type: 'checkbox' })}
            label={t('closures.everybody')}
            description={t('closures.everybodyHint')}
          />
        )}
        {form.values.kind === 'hours' && (
          <fieldset className={classes.fieldset}>
            <legend>{t('closures.hours')}</legend>
            <WeekFields
              week={form.values.hours}
              editable
              closed={owner.kind === 'branch' ? t('hours.closed') : t('hours.off')}
              onChange={(week) => form.setFieldValue('hours', week)}
            />
            {form.errors.hours && (
              <p role="alert" className={classes.wrong}>
                {form.errors.hours}
              </p>
            )}
          </fieldset>
        )}
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose}>
          {closure && (
            <Button variant="subtle" color="red.9" onClick={() => void remove(closure)}>
              {t('closures.remove')}
            </Button>
          )}
        </FormActions>
      </form>
    </Modal>
  );
}
