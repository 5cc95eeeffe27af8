import { Drawer, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useApiForm } from '@/api/form';
import type { RecallType } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import { appointmentTypesQuery, proceduresQuery } from './queries';
import { typeSchema } from './recallForm';
import classes from './recalls.module.css';

export default function RecallTypeDrawer({
  type,
  onClose,
}: {
  type: RecallType | null;
  onClose: () => void;
}) {
  const { t } = useTranslation(['recalls', 'common']);
  const { name } = useFormat();
  const client = useQueryClient();
  const procedures = useQuery(proceduresQuery);
  const appointmentTypes = useQuery(appointmentTypesQuery);
  const add = useAction((body: object, act) => api.post<RecallType>('/recall-types', body, act));
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: typeSchema,
    initialValues: {
      name_ar: type?.name_ar ?? '',
      name_en: type?.name_en ?? '',
      interval_months: (type?.interval_months ?? 6) as number | string,
      minutes: (type?.minutes ?? 30) as number | string,
      appointment_type_id: (type?.appointment_type_id ?? null) as string | null,
      procedure_ids: type?.procedure_ids ?? [],
      active: type?.active ?? true,
    },
    submit: async ({ active, ...body }) => {
      if (type) await api.patch(`/recall-types/${type.id}`, { ...body, active }, { version: type.version });
      else await add.mutateAsync(body);
      await client.invalidateQueries({ queryKey: ['clinic'] });
      toast.done(t('common:state.saved'));
      onClose();
    },
  });
  const known = new Set(procedures.data?.map(({ id }) => id));
  const chosen = form.values.appointment_type_id;
  const offeredTypes = (appointmentTypes.data ?? []).filter(({ active, id }) => active || id === chosen);
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={t(type ? 'edit' : 'new')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('nameAr')} lang="ar" data-autofocus />
          <TextInput {...form.getInputProps('name_en')} label={t('nameEn')} lang="en" />
          <NumberInput
            {...form.getInputProps('interval_months')}
            label={t('intervalMonths')}
            min={1}
            max={60}
            allowDecimal={false}
          />
          <NumberInput
            {...form.getInputProps('minutes')}
            label={t('minutesField')}
            min={5}
            max={720}
            step={5}
            allowDecimal={false}
          />
        </FormGrid>
        <Select
          {...form.getInputProps('appointment_type_id')}
          label={t('appointmentType')}
          placeholder={t('anyType')}
          data={offeredTypes.map((one) => ({ value: one.id, label: name(one) }))}
          error={
            form.errors.appointment_type_id ??
            (appointmentTypes.error ? errorMessage(appointmentTypes.error) : undefined)
          }
          searchable
          clearable
        />
        <MultiSelect
          {...form.getInputProps('procedure_ids')}
          value={form.values.procedure_ids.filter((id) => known.has(id))}
          label={t('triggersField')}
          description={t('triggersHint')}
          data={(procedures.data ?? []).map((one) => ({ value: one.id, label: `${one.code} ${name(one)}` }))}
          error={form.errors.procedure_ids ?? (procedures.error ? errorMessage(procedures.error) : undefined)}
          disabled={!procedures.data}
          searchable
          clearable
          limit={50}
        />
        {type && (
          <Switch
            {...form.getInputProps('active', { type: 'checkbox' })}
            label={t('active')}
            description={t('activeHint')}
          />
        )}
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Drawer>
  );
}
