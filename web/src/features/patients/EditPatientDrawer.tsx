import { Drawer, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Patient } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import { PatientDetails, type PatientDetailsForm } from './PatientDetails';
import {
  type CheckedPatient,
  changedFields,
  type PatientValues,
  patientBody,
  patientSchema,
  valuesOf,
} from './patientForm';
import classes from './patients.module.css';

interface EditPatientDrawerProps {
  patient: Patient;
  onClose: () => void;
}

export default function EditPatientDrawer({ patient: current, onClose }: EditPatientDrawerProps) {
  const { t } = useTranslation(['patients', 'common']);
  const client = useQueryClient();
  const { locale } = useFormat();
  // As it was when the drawer opened: a change by someone else meanwhile must be refused, not overwritten.
  const [patient] = useState(current);
  const [before] = useState(() => valuesOf(patient, locale));
  const { form, failure, submitting, onSubmit } = useApiForm<PatientValues, CheckedPatient>({
    schema: patientSchema,
    initialValues: before,
    submit: async (values) => {
      const changed = changedFields(patientBody(patientSchema.parse(before)), patientBody(values));
      if (Object.keys(changed).length > 0) {
        await api.patch<Patient>(`/patients/${patient.id}`, changed, { version: patient.version });
        void client.invalidateQueries({ queryKey: ['patients', 'list'] });
        await client.invalidateQueries({ queryKey: ['patients', patient.id] });
        toast.done(t('common:state.saved'));
      }
      onClose();
    },
  });
  return (
    <Drawer opened onClose={onClose} position="right" size={560} title={t('form.editTitle')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <FormGrid columns={2}>
          <TextInput
            {...form.getInputProps('name')}
            label={t('form.name')}
            autoComplete="off"
            required
            data-autofocus
            className={classes.wide}
          />
          <PatientDetails form={form as PatientDetailsForm} firstPhone={0} patientId={patient.id} />
        </FormGrid>
        <FormFailure message={failure} />
        <FormActions submitLabel={t('common:action.save')} submitting={submitting} onCancel={onClose} />
      </form>
    </Drawer>
  );
}
