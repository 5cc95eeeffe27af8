import { NumberInput, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useApiForm } from '@/api/form';
import { useProcedureSearch } from '@/api/procedures';
import type { Procedure, TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { placeNeeded } from '@/lib/placeNeeded';
import type { Surface } from '@/lib/surfaces';
import { isTooth } from '@/lib/teeth';
import { Card } from '@/ui/Card';
import { FormActions, FormFailure } from '@/ui/form';
import { PlaceFields } from '@/ui/PlaceFields';
import { TermSearch } from '@/ui/TermSearch';
import { Code, MoneyText } from '@/ui/texts';
import { BridgeFields } from './BridgeFields';
import { bridgeOf } from './bridge';
import css from './planning.module.css';
import { planChanged } from './queries';

/** A procedure of the catalogue becomes an item of the plan. */
export function AddItem({ plan }: { plan: TreatmentPlan }) {
  const { t } = useTranslation('planning');
  const { name } = useFormat();
  const [procedure, setProcedure] = useState<Procedure | null>(null);
  return (
    <Card title={t('add.title')}>
      {procedure ? (
        <AddForm key={procedure.id} plan={plan} procedure={procedure} onDone={() => setProcedure(null)} />
      ) : (
        <TermSearch<Procedure>
          label={t('add.search')}
          useFound={useProcedureSearch}
          keyOf={({ id }) => id}
          option={(item) => ({
            name: name(item),
            code: item.code,
            aside: item.price && <MoneyText money={item.price} />,
          })}
          errorText={errorMessage}
          onPick={setProcedure}
          none={(query) => t('add.none', { query })}
        />
      )}
    </Card>
  );
}

interface AddFormProps {
  plan: TreatmentPlan;
  procedure: Procedure;
  onDone: () => void;
}

function AddForm({ plan, procedure, onDone }: AddFormProps) {
  const { t } = useTranslation('planning');
  const { name, number } = useFormat();
  const client = useQueryClient();
  const needs = placeNeeded(procedure.scope);
  const isBridge = procedure.chart_code === 'bridge';
  const takesTooth = needs.tooth !== 'none' && !isBridge;
  const add = useAction((body: Record<string, unknown>, act) =>
    api.post<TreatmentPlan>(`/plans/${plan.id}/items`, body, act),
  );
  const toothWords = () => i18next.t('common:place.notATooth');
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema: z.object({
      tooth:
        needs.tooth === 'required'
          ? z.string().refine(isTooth, { error: toothWords })
          : z.string().refine((tooth) => tooth === '' || isTooth(tooth), { error: toothWords }),
      surfaces: z.array(z.custom<Surface>()).refine((chosen) => !needs.surfaces || chosen.length > 0, {
        error: () => i18next.t('common:place.surfacesNeeded'),
      }),
      from: z.string(),
      to: z.string(),
      phase: z.string(),
      quantity: z.union([z.number(), z.string()]).transform(Number),
    }),
    initialValues: {
      tooth: '',
      surfaces: [] as Surface[],
      from: '',
      to: '',
      phase: '1',
      quantity: 1 as number | string,
    },
    submit: async (values) => {
      const unit = isBridge ? bridgeOf(values.from, values.to) : null;
      await add.mutateAsync({
        procedure_id: procedure.id,
        phase: Number(values.phase),
        ...(values.tooth ? { tooth: values.tooth } : {}),
        ...(needs.surfaces ? { surfaces: values.surfaces } : {}),
        ...(unit ? { unit } : { quantity: values.quantity }),
      });
      await planChanged(client, plan.patient_id);
      onDone();
    },
  });
  const error = (field: keyof typeof form.values) => form.errors[field] as string | undefined;
  const last = Math.max(...plan.phases.map((phase) => phase.number), 1);
  return (
    <form onSubmit={onSubmit} noValidate className={css.addForm}>
      <div className={css.addTitle}>
        <bdi>{name(procedure)}</bdi>
        <small className={css.quiet}>
          <Code>{procedure.code}</Code> {procedure.price && <MoneyText money={procedure.price} />}
        </small>
      </div>
      <div className={css.addFields}>
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
        {isBridge && (
          <BridgeFields
            from={form.values.from}
            to={form.values.to}
            onFrom={(from) => form.setFieldValue('from', from)}
            onTo={(to) => form.setFieldValue('to', to)}
          />
        )}
        <Select
          {...form.getInputProps('phase')}
          label={t('field.phase')}
          allowDeselect={false}
          data={Array.from({ length: Math.min(last + 1, 20) }, (_, index) => ({
            value: `${index + 1}`,
            label: t('phase.title', { number: number(index + 1) }),
          }))}
          className={css.narrow}
        />
        {!isBridge && (
          <NumberInput
            {...form.getInputProps('quantity')}
            label={t('field.quantity')}
            min={1}
            max={999}
            allowDecimal={false}
            className={css.narrow}
          />
        )}
      </div>
      <FormFailure message={failure} />
      <FormActions submitLabel={t('add.submit')} submitting={submitting} onCancel={onDone} />
    </form>
  );
}
