import { Alert, Button, Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage, fieldErrors } from '@/api/errors';
import type { Branch, Chair, Staff } from '@/api/types';
import { draft } from '@/lib/draft';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { DateField } from '@/ui/dates';
import { TypedSelect } from '@/ui/TypedSelect';
import classes from './appointment.module.css';
import { isTaken } from './isTaken';
import {
  type DraftedAppointment,
  type MissingField,
  missingFields,
  type NewAppointmentValues,
  withDraft,
} from './newAppointment';
import { Clashes } from './openings/Clashes';
import { HoldCountdown } from './openings/HoldCountdown';
import { SeveralFields } from './openings/SeveralFields';
import { PatientNotes } from './PatientNotes';
import { PatientPicker } from './PatientPicker';
import { chairOptions } from './places';
import { QuickRegistration } from './QuickRegistration';
import { StartSelect } from './StartSelect';
import { TypeSelect } from './TypeSelect';
import { useBookAppointment } from './useBookAppointment';

/** Kept until the form is closed or sent: only the end of a session leaves it behind. */
export const APPOINTMENT_DRAFT = 'appointment.new';

export interface NewAppointmentFormProps {
  initial: NewAppointmentValues;
  /** Until when the slot of the form is kept. */
  heldUntil: number | null;
  doctors: readonly Staff[];
  chairs: readonly Chair[];
  branches: readonly Branch[];
  onBooked(date: string): void;
  onCancel(): void;
}

export function NewAppointmentForm(props: NewAppointmentFormProps) {
  const { initial, heldUntil, doctors, chairs, branches, onBooked, onCancel } = props;
  const { t } = useTranslation('scheduling');
  const { name: nameOf } = useFormat();
  const can = useCan();
  const [first] = useState(() => {
    const values = withDraft(initial, draft.read<DraftedAppointment>(APPOINTMENT_DRAFT));
    return { values, restored: values !== initial };
  });
  const [values, setValues] = useState(first.values);
  const [missing, setMissing] = useState<MissingField[]>([]);
  const [registering, setRegistering] = useState<string | null>(null);
  const book = useBookAppointment();
  const taken = isTaken(book.error);

  useEffect(() => {
    const { holdId: _, overbookReason: __, ...typed } = values;
    if (values !== first.values) draft.write(APPOINTMENT_DRAFT, typed);
  }, [values, first]);
  const set = (changed: Partial<NewAppointmentValues>) => {
    setValues((before) => ({ ...before, ...changed }));
    setMissing((before) => before.filter((field) => !(field in changed)));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = missingFields(values);
    setMissing(found);
    if (found.length > 0) return;
    // What is no longer kept is booked if it is still free.
    const kept = heldUntil !== null && Date.now() < heldUntil;
    book.mutate(
      { ...values, holdId: kept ? values.holdId : null },
      { onSuccess: () => onBooked(values.date) },
    );
  };
  const fields = fieldErrors(book.error);
  const fault = (field: MissingField, words: string, sent?: string) =>
    missing.includes(field) ? words : sent ? fields[sent] : undefined;
  const doctorOptions = doctors
    .filter((one) => one.active || one.id === values.doctorId)
    .map((one) => ({ value: one.id, label: nameOf(one) }));

  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      {first.restored && (
        <p role="status" className={classes.warning}>
          {t('form.restored')}
        </p>
      )}
      {heldUntil !== null && <HoldCountdown until={heldUntil} />}
      {registering === null ? (
        <PatientPicker
          value={values.patient}
          onChange={(patient) => set({ patient })}
          error={fault('patient', t('form.choosePatient'), 'patient_id')}
          onRegister={can('patients.write') ? setRegistering : undefined}
        />
      ) : (
        <QuickRegistration
          typed={registering}
          onCancel={() => setRegistering(null)}
          onRegistered={(patient) => {
            setRegistering(null);
            set({ patient });
          }}
        />
      )}
      {values.patient && <PatientNotes patientId={values.patient.id} when={values} />}
      <TypeSelect
        value={values.typeId}
        minutes={Number(values.minutes)}
        pattern={values.pattern}
        error={fields.type_id}
        onChange={(type) =>
          set({
            typeId: type?.id ?? null,
            procedureId: type?.procedure_ids[0] ?? null,
            ...(type ? { minutes: type.minutes, pattern: type.pattern } : { pattern: '' }),
          })
        }
      />
      <div className={classes.pair}>
        <TypedSelect
          label={t('form.doctor')}
          data={doctorOptions}
          value={values.doctorId}
          onChange={(doctorId) => set({ doctorId })}
          error={fault('doctorId', t('form.chooseDoctor'), 'doctor_id')}
          disabled={can.ownOnly('scheduling.write')}
          required
        />
        <Select
          label={t('form.chair')}
          placeholder={t('appointment.noChair')}
          data={chairOptions(chairs, branches, nameOf, values.chairId)}
          value={values.chairId}
          onChange={(chairId) => set({ chairId })}
          error={fields.chair_id}
          clearable
        />
      </div>
      <div className={classes.triple}>
        <DateField
          label={t('form.date')}
          value={values.date}
          onChange={(date) => set({ date: date ?? '' })}
          error={fault('date', t('form.chooseDate'))}
          required
        />
        <StartSelect
          date={values.date}
          value={values.start}
          onChange={(start) => set({ start })}
          error={fault('start', t('form.chooseStart'), 'starts_at')}
          required
        />
        <NumberInput
          label={t('form.minutes')}
          value={values.minutes}
          onChange={(minutes) => set({ minutes })}
          min={5}
          max={720}
          step={5}
          allowDecimal={false}
          error={fault('minutes', t('form.minutesRange'), 'ends_at')}
          required
        />
      </div>
      <TextInput
        label={t('form.reason')}
        placeholder={t('form.reasonPlaceholder')}
        value={values.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
        error={fields.reason}
        maxLength={200}
      />
      <Textarea
        label={t('form.note')}
        value={values.note}
        onChange={(event) => set({ note: event.currentTarget.value })}
        error={fields.note}
        autosize
        minRows={2}
        maxLength={2000}
      />
      <Checkbox
        label={t('form.asap')}
        description={t('form.asapHint')}
        checked={values.asap}
        onChange={(event) => set({ asap: event.currentTarget.checked })}
      />
      <SeveralFields
        values={values}
        doctors={doctors}
        chairs={chairs}
        branches={branches}
        onChange={(plan) => set({ plan })}
        error={missing.includes('plan') ? t('several.incomplete') : undefined}
      />
      {book.error && (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle size={18} />}
          title={taken ? t('form.takenTitle') : undefined}
        >
          {errorMessage(book.error)}
          <Clashes error={book.error} />
        </Alert>
      )}
      {taken && can('scheduling.overbook') && (
        <TextInput
          label={t('form.overbookReason')}
          description={t('form.overbookHint')}
          value={values.overbookReason}
          onChange={(event) => set({ overbookReason: event.currentTarget.value })}
          maxLength={300}
        />
      )}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onCancel}>
          {t('form.cancel')}
        </Button>
        <Button type="submit" loading={book.isPending} disabled={registering !== null}>
          {values.overbookReason.trim() ? t('form.overbook') : t('form.book')}
        </Button>
      </div>
    </form>
  );
}
