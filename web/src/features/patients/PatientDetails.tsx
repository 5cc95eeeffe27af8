import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useSession } from '@/api/session';
import { toLatinDigits } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { DateField } from '@/ui/dates';
import { PatientLookup } from './PatientLookup';
import { PhoneFields } from './PhoneFields';
import type { PatientValues } from './patientForm';
import classes from './patients.module.css';
import { birthDateOfAge, readNationalId, scriptOf, yearsOld } from './typedPerson';

export type PatientDetailsForm = UseFormReturnType<PatientValues>;

const OF_AGE = 18;
const OLDEST = 120;

interface PatientDetailsProps {
  form: PatientDetailsForm;
  /** Phones before this one stand elsewhere on the form. */
  firstPhone: number;
  /** The patient himself cannot be his own guardian. */
  patientId?: string;
}

/** Everything besides name and first phone, for registering and for editing. */
export function PatientDetails({ form, firstPhone, patientId }: PatientDetailsProps) {
  const { t } = useTranslation('patients');
  const { today } = useFormat();
  const { country } = useSession().clinic;
  const { values } = form;
  const child = values.birth_date !== null && yearsOld(values.birth_date, today()) < OF_AGE;
  const nameScript = scriptOf(values.name);

  const readId = (typed: string) => {
    form.setFieldValue('national_id', typed);
    const facts = readNationalId(typed, country);
    if (!facts || facts.birth_date > today()) return;
    form.setFieldValue('birth_date', facts.birth_date);
    form.setFieldValue('sex', facts.sex);
  };
  const setAge = (typed: number | string) => {
    const years = typed === '' ? null : Number(toLatinDigits(String(typed)));
    if (years === null || Number.isNaN(years)) form.setFieldValue('birth_date', null);
    else if (years !== ageOfValues) form.setFieldValue('birth_date', birthDateOfAge(years, today()));
  };
  const ageOfValues = values.birth_date === null ? '' : yearsOld(values.birth_date, today());

  return (
    <>
      <TextInput
        {...form.getInputProps('other_name')}
        label={t(nameScript === 'en' ? 'form.nameInArabic' : 'form.nameInLatin')}
        lang={nameScript === 'en' ? 'ar' : 'en'}
        autoComplete="off"
        className={classes.wide}
      />
      <TextInput
        {...form.getInputProps('national_id')}
        onChange={(event) => readId(event.currentTarget.value)}
        label={t('field.nationalId')}
        {...(country === 'EG' ? { description: t('form.nationalIdHint') } : {})}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        inputMode="numeric"
        autoComplete="off"
      />
      <Select
        {...form.getInputProps('sex')}
        label={t('field.sex')}
        allowDeselect={false}
        data={(['unknown', 'female', 'male'] as const).map((value) => ({ value, label: t(`sex.${value}`) }))}
      />
      <DateField
        {...form.getInputProps('birth_date')}
        label={t('field.birthDate')}
        minDate="1900-01-01"
        maxDate={today()}
        hijri
      />
      <NumberInput
        label={t('form.age')}
        description={t('form.ageHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={ageOfValues}
        onChange={setAge}
        min={0}
        max={OLDEST}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        hideControls
      />
      <PatientLookup
        label={t('field.guardian')}
        description={child ? t('form.guardianOfChild') : t('form.guardianHint')}
        value={values.guardian}
        onChange={(guardian) => form.setFieldValue('guardian', guardian)}
        exclude={patientId}
      />
      <PatientLookup
        label={t('field.guarantor')}
        description={t('form.guarantorHint')}
        value={values.guarantor}
        onChange={(guarantor) => form.setFieldValue('guarantor', guarantor)}
        exclude={patientId}
      />
      <PhoneFields form={form} first={firstPhone} />
      {firstPhone > 0 && (
        <Checkbox
          {...form.getInputProps('phones.0.whatsapp', { type: 'checkbox' })}
          label={t('form.whatsapp')}
          className={classes.wide}
        />
      )}
      <TextInput {...form.getInputProps('email')} label={t('field.email')} type="email" autoComplete="off" />
      <Select
        {...form.getInputProps('preferred_language')}
        label={t('field.language')}
        allowDeselect={false}
        data={[
          { value: '', label: t('form.languageOfClinic') },
          { value: 'ar', label: t('language.ar') },
          { value: 'en', label: t('language.en') },
        ]}
      />
      <Select
        {...form.getInputProps('reminder_channel')}
        label={t('field.reminderChannel')}
        allowDeselect={false}
        disabled={values.reminders_off}
        data={[
          { value: '', label: t('form.channelOfClinic') },
          ...(['whatsapp', 'sms', 'mail'] as const).map((value) => ({ value, label: t(`channel.${value}`) })),
        ]}
      />
      <Checkbox
        {...form.getInputProps('reminders_off', { type: 'checkbox' })}
        label={t('form.remindersOff')}
        className={classes.wide}
      />
      <TextInput {...form.getInputProps('address')} label={t('field.address')} className={classes.wide} />
      <Textarea
        {...form.getInputProps('notes')}
        label={t('field.notes')}
        description={t('form.notesHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={8}
        className={classes.wide}
      />
    </>
  );
}
