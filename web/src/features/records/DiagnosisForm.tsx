import { useQueryClient } from '@tanstack/react-query';
import i18next from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Visit, VisitDiagnosis } from '@/api/types';
import type { Surface } from '@/lib/surfaces';
import { isTooth } from '@/lib/teeth';
import { FormActions, FormFailure } from '@/ui/form';
import { PlaceFields } from '@/ui/PlaceFields';
import { Code } from '@/ui/texts';
import type { ChosenPlace } from './place';
import { refreshVisit } from './queries';
import { useChosenPlace } from './useChosenPlace';
import classes from './visit.module.css';

/** An entry of the list, or the doctor's own words. */
export interface NewDiagnosis {
  code: string | null;
  text: string;
}

interface DiagnosisFormProps {
  visit: Visit;
  diagnosis: NewDiagnosis;
  place: ChosenPlace;
  onDone: () => void;
}

/** Where the diagnosis was made; the tooth may stay empty for the mouth as a whole. */
export function DiagnosisForm({ visit, diagnosis, place, onDone }: DiagnosisFormProps) {
  const { t } = useTranslation('records');
  const client = useQueryClient();
  const add = useAction((body: Record<string, unknown>, act) =>
    api.post<VisitDiagnosis>(`/visits/${visit.id}/diagnoses`, body, act),
  );
  const schema = useMemo(
    () =>
      z.object({
        tooth: z.string().refine((tooth) => tooth === '' || isTooth(tooth), {
          error: () => i18next.t('common:place.notATooth'),
        }),
        surfaces: z.array(z.custom<Surface>()),
      }),
    [],
  );
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { tooth: place.teeth[0] ?? '', surfaces: place.surfaces },
    submit: async ({ tooth, surfaces }) => {
      await add.mutateAsync({
        ...(diagnosis.code ? { code: diagnosis.code } : {}),
        text: diagnosis.text,
        ...(tooth ? { tooth } : {}),
        ...(tooth && surfaces.length > 0 ? { surfaces } : {}),
      });
      await refreshVisit(client, visit);
      onDone();
    },
  });
  useChosenPlace(place, ({ teeth, surfaces }) => {
    form.setValues({ tooth: teeth[0] ?? '', surfaces });
  });
  return (
    <form onSubmit={onSubmit} noValidate className={classes.inlineForm}>
      <div className={classes.inlineTitle}>
        <bdi>{diagnosis.text}</bdi>
        {diagnosis.code && (
          <small className={classes.quiet}>
            <Code>{diagnosis.code}</Code>
          </small>
        )}
      </div>
      <PlaceFields
        tooth={form.values.tooth}
        surfaces={form.values.surfaces}
        onTooth={(tooth) => form.setFieldValue('tooth', tooth)}
        onSurfaces={(surfaces) => form.setFieldValue('surfaces', surfaces)}
        needsTooth={false}
        takesSurfaces
        toothError={form.errors.tooth as string | undefined}
        surfacesError={form.errors.surfaces as string | undefined}
      />
      <FormFailure message={failure} />
      <FormActions submitLabel={t('diagnoses.add')} submitting={submitting} onCancel={onDone} />
    </form>
  );
}
