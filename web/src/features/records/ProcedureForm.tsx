import { Checkbox, NumberInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import { useSession } from '@/api/session';
import type { Procedure, Visit } from '@/api/types';
import { fields } from '@/i18n/fields';
import { useFormat } from '@/lib/format-context';
import { placeNeeded } from '@/lib/placeNeeded';
import type { Surface } from '@/lib/surfaces';
import { isTooth } from '@/lib/teeth';
import { FormActions, FormFailure } from '@/ui/form';
import { MoneyField } from '@/ui/MoneyField';
import { PlaceFields } from '@/ui/PlaceFields';
import { Code, MoneyText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import type { ChosenPlace } from './place';
import { refreshVisit } from './queries';
import { useChosenPlace } from './useChosenPlace';
import type { VisitRights } from './useVisitRights';
import classes from './visit.module.css';

const MOST_PIECES = 999;

interface ProcedureFormProps {
  visit: Visit;
  procedure: Procedure;
  place: ChosenPlace;
  rights: VisitRights;
  onDone: () => void;
}

function schemaOf(procedure: Procedure, exponent: number, priced: boolean) {
  const needs = placeNeeded(procedure.scope);
  const toothWords = () => i18next.t('common:place.notATooth');
  return z.object({
    tooth:
      needs.tooth === 'required'
        ? z.string().refine(isTooth, { error: toothWords })
        : z.string().refine((tooth) => tooth === '' || isTooth(tooth), { error: toothWords }),
    surfaces: z.array(z.custom<Surface>()).refine((chosen) => !needs.surfaces || chosen.length > 0, {
      error: () => i18next.t('common:place.surfacesNeeded'),
    }),
    quantity: z
      .union([z.number(), z.string()])
      .transform(Number)
      .refine((count) => Number.isInteger(count) && count >= 1 && count <= MOST_PIECES, {
        error: () => i18next.t('records:procedures.quantityWrong'),
      }),
    unit_price: priced ? fields.amount(exponent) : z.string(),
    note: fields.optionalText(500),
    chart: z.boolean(),
  });
}

/** Asks only for the part of the mouth this procedure works on. */
export function ProcedureForm({ visit, procedure, place, rights, onDone }: ProcedureFormProps) {
  const { t } = useTranslation('records');
  const { name } = useFormat();
  const { clinic } = useSession();
  const client = useQueryClient();
  const needs = placeNeeded(procedure.scope);
  const takesTooth = needs.tooth !== 'none';
  const priced = rights.setsPrices && Boolean(procedure.price);
  const charted = Boolean(procedure.chart_code) && rights.chartsWork;
  const add = useAction((body: Record<string, unknown>, act) =>
    api.post(`/visits/${visit.id}/procedures`, body, act),
  );
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: schemaOf(procedure, clinic.currency_exponent, priced),
    initialValues: {
      tooth: takesTooth ? (place.teeth[0] ?? '') : '',
      surfaces: needs.surfaces ? place.surfaces : [],
      quantity: 1 as number | string,
      unit_price: procedure.price?.amount ?? '',
      note: '',
      chart: charted,
    },
    submit: async (values) => {
      const repriced = priced && values.unit_price !== procedure.price?.amount;
      await add.mutateAsync({
        procedure_id: procedure.id,
        ...(values.tooth ? { tooth: values.tooth } : {}),
        ...(needs.surfaces ? { surfaces: values.surfaces } : {}),
        quantity: values.quantity,
        ...(repriced ? { unit_price: { amount: values.unit_price, currency: clinic.currency } } : {}),
        ...(values.note ? { note: values.note } : {}),
        chart: values.chart,
      });
      toast.done(t('procedures.added', { what: name(procedure) }));
      await refreshVisit(client, visit);
      onDone();
    },
  });
  useChosenPlace(place, ({ teeth, surfaces }) => {
    if (takesTooth) form.setValues({ tooth: teeth[0] ?? '', ...(needs.surfaces ? { surfaces } : {}) });
  });
  const error = (field: keyof typeof form.values) => form.errors[field] as string | undefined;
  return (
    <form onSubmit={onSubmit} noValidate className={classes.inlineForm}>
      <div className={classes.inlineTitle}>
        <bdi>{name(procedure)}</bdi>
        <small className={classes.quiet}>
          <Code>{procedure.code}</Code>
          {procedure.price && <MoneyText money={procedure.price} />}
        </small>
      </div>
      <div className={classes.procedureFields}>
        {takesTooth && (
          <PlaceFields
            tooth={form.values.tooth}
            surfaces={form.values.surfaces}
            onTooth={(tooth) => form.setFieldValue('tooth', tooth)}
            onSurfaces={(surfaces) => form.setFieldValue('surfaces', surfaces)}
            needsTooth={needs.tooth === 'required'}
            takesSurfaces={needs.surfaces}
            needsSurfaces={needs.surfaces}
            toothError={error('tooth')}
            surfacesError={error('surfaces')}
          />
        )}
        <NumberInput
          {...form.getInputProps('quantity')}
          label={t('procedures.quantity')}
          min={1}
          max={MOST_PIECES}
          allowDecimal={false}
          className={classes.quantity}
        />
        {priced && (
          <MoneyField
            {...form.getInputProps('unit_price')}
            label={t('procedures.price')}
            currency={clinic.currency}
            required
          />
        )}
      </div>
      <TextInput {...form.getInputProps('note')} label={t('procedures.note')} />
      {charted && (
        <Checkbox
          {...form.getInputProps('chart', { type: 'checkbox' })}
          label={t('procedures.chart')}
          description={t('procedures.chartHint')}
        />
      )}
      <FormFailure message={failure} />
      <FormActions submitLabel={t('procedures.add')} submitting={submitting} onCancel={onDone} />
    </form>
  );
}
