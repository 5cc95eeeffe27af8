import { Drawer, MultiSelect, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { AppointmentType } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import { PatternEditor } from './PatternEditor';
import classes from './setup.module.css';
import { lettersFor, PALETTE, storedPattern, typeSchema } from './typeForm';
import { everyProcedureQuery } from './typeQueries';

const FEATURES = ['surgery', 'xray', 'child'] as const;

export default function TypeDrawer({ type, onClose }: { type: AppointmentType | null; onClose: () => void }) {
  const { t } = useTranslation(['scheduling', 'common']);
  const { name } = useFormat();
  const client = useQueryClient();
  const procedures = useQuery(everyProcedureQuery);
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: typeSchema,
    initialValues: {
      name_ar: type?.name_ar ?? '',
      name_en: type?.name_en ?? '',
      colour: type?.colour ?? (PALETTE[0] as string),
      minutes: (type?.minutes ?? 30) as number | string,
      letters: lettersFor(type?.pattern ?? '', type?.minutes ?? 30),
      chair_feature: (type?.chair_feature ?? null) as string | null,
      procedure_ids: type?.procedure_ids ?? [],
      active: type?.active ?? true,
    },
    submit: async ({ letters, active, ...rest }) => {
      const body = { ...rest, pattern: storedPattern(lettersFor(letters, rest.minutes)) };
      if (type) {
        await api.patch(`/appointment-types/${type.id}`, { ...body, active }, { version: type.version });
      } else await api.post('/appointment-types', body);
      await client.invalidateQueries({ queryKey: ['clinic'] });
      toast.done(t('types.saved'));
      onClose();
    },
  });
  const setMinutes = (minutes: number | string) => {
    form.setFieldValue('minutes', minutes);
    if (typeof minutes === 'number') form.setFieldValue('letters', lettersFor(form.values.letters, minutes));
  };
  const known = new Set(procedures.data?.map(({ id }) => id));
  const offered = (procedures.data ?? []).map((one) => ({
    value: one.id,
    label: `${one.code} ${name(one)}`,
  }));
  const colours = [...new Set([...PALETTE, form.values.colour])];
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={560}
      title={type ? t('types.edit') : t('types.new')}
    >
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <FormGrid columns={2}>
          <TextInput {...form.getInputProps('name_ar')} label={t('types.nameAr')} lang="ar" data-autofocus />
          <TextInput {...form.getInputProps('name_en')} label={t('types.nameEn')} lang="en" />
          <NumberInput
            {...form.getInputProps('minutes')}
            onChange={setMinutes}
            label={t('types.minutes')}
            min={5}
            max={720}
            step={5}
          />
          <Select
            {...form.getInputProps('chair_feature')}
            label={t('types.feature')}
            placeholder={t('types.anyChair')}
            data={FEATURES.map((value) => ({ value, label: t(`types.features.${value}`) }))}
            clearable
          />
        </FormGrid>
        <PatternEditor
          letters={form.values.letters}
          onChange={(letters) => form.setFieldValue('letters', letters)}
        />
        <fieldset className={classes.palette}>
          <legend>{t('types.colour')}</legend>
          {colours.map((colour, n) => (
            <label key={colour} className={classes.swatch} style={{ background: colour }}>
              <input
                type="radio"
                name="colour"
                aria-label={t('types.colourNumber', { number: n + 1 })}
                checked={form.values.colour === colour}
                onChange={() => form.setFieldValue('colour', colour)}
              />
              {form.values.colour === colour && <IconCheck size={18} aria-hidden="true" />}
            </label>
          ))}
        </fieldset>
        <MultiSelect
          {...form.getInputProps('procedure_ids')}
          value={form.values.procedure_ids.filter((id) => known.has(id))}
          label={t('types.procedures')}
          data={offered}
          disabled={!procedures.data}
          searchable
          clearable
          limit={50}
        />
        {type && (
          <Switch
            {...form.getInputProps('active', { type: 'checkbox' })}
            label={t('types.offered')}
            description={t('types.offeredHint')}
          />
        )}
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Drawer>
  );
}
