import { Button, Collapse, Drawer, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { useApiForm } from '@/api/form';
import type { Patient } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { FormActions, FormFailure, FormGrid } from '@/ui/form';
import { toast } from '@/ui/toast';
import { DuplicateList } from './DuplicateList';
import { PatientDetails, type PatientDetailsForm } from './PatientDetails';
import {
  blankPatient,
  type CheckedPatient,
  type PatientValues,
  patientBody,
  patientSchema,
} from './patientForm';
import classes from './patients.module.css';
import { scriptOf } from './typedPerson';

const DRAFT = 'patients.register';

interface RegistrationDrawerProps {
  /** What was searched for in vain. */
  typed: string;
  onClose: () => void;
}

/** Name and phone, Enter: the rest can wait until the patient sits down. */
export default function RegistrationDrawer({ typed, onClose }: RegistrationDrawerProps) {
  const { t } = useTranslation('patients');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { name } = useFormat();
  const [more, { toggle }] = useDisclosure(false);
  const register = useAction((values: CheckedPatient, act) =>
    api.post<Patient>('/patients', patientBody(values), act),
  );
  const { form, failure, submitting, onSubmit, discardDraft } = useApiForm<PatientValues, CheckedPatient>({
    schema: patientSchema,
    initialValues: blankPatient(typed),
    // What was just searched for is newer than a draft left behind.
    ...(typed ? {} : { draftKey: DRAFT }),
    submit: async (values) => {
      const patient = await register.mutateAsync(values);
      void client.invalidateQueries({ queryKey: ['patients', 'list'] });
      toast.done(t('form.registered', { name: name(patient), number: patient.file_number }));
      await navigate({ to: '/patients/$patientId', params: { patientId: patient.id } });
    },
  });
  const { values } = form;
  const openInstead = (patientId: string) => {
    discardDraft();
    void navigate({ to: '/patients/$patientId', params: { patientId } });
  };
  const cancel = () => {
    discardDraft();
    onClose();
  };
  // An error in a folded field would be invisible.
  const hiddenError = Object.keys(form.errors).some((path) => path !== 'name' && path !== 'phones.0.number');

  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={t('form.newTitle')}>
      <form onSubmit={onSubmit} noValidate className={classes.form}>
        <TextInput
          {...form.getInputProps('name')}
          label={t('form.name')}
          description={values.name ? t(`form.goesTo.${scriptOf(values.name) ?? 'none'}`) : t('form.nameHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          required
          data-autofocus
        />
        <TextInput
          {...form.getInputProps('phones.0.number')}
          label={t('form.phone')}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          required={values.guardian === null}
        />
        <DuplicateList values={values} onOpen={openInstead} />
        <Button
          variant="subtle"
          onClick={toggle}
          aria-expanded={more || hiddenError}
          className={classes.moreToggle}
          leftSection={<IconChevronDown size={16} data-turned={more || hiddenError || undefined} />}
        >
          {t('form.more')}
        </Button>
        <Collapse expanded={more || hiddenError}>
          <FormGrid columns={2}>
            <PatientDetails form={form as PatientDetailsForm} firstPhone={1} />
          </FormGrid>
        </Collapse>
        <FormFailure message={failure} />
        <FormActions submitLabel={t('form.register')} submitting={submitting} onCancel={cancel} />
      </form>
    </Drawer>
  );
}
