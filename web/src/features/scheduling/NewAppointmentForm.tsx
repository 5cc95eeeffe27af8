import { Alert, Button, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage, fieldErrors, isApiError } from '@/api/errors';
import type { Branch, Chair, Staff } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { AlertChips } from '@/ui/AlertChips';
import { DateField } from '@/ui/dates';
import classes from './appointment.module.css';
import { holdsSlot } from './book/types';
import { type MissingField, missingFields, type NewAppointmentValues, startsBetween } from './newAppointment';
import { PatientPicker } from './PatientPicker';
import { QuickRegistration } from './QuickRegistration';
import { patientAlertsQuery, patientDayQuery } from './queries';
import { useBookAppointment } from './useBookAppointment';

export interface NewAppointmentFormProps {
  initial: NewAppointmentValues;
  doctors: readonly Staff[];
  chairs: readonly Chair[];
  branches: readonly Branch[];
  dayStart: number;
  dayEnd: number;
  onBooked(date: string): void;
  onCancel(): void;
}

export function NewAppointmentForm(props: NewAppointmentFormProps) {
  const { initial, doctors, chairs, branches, dayStart, dayEnd, onBooked, onCancel } = props;
  const { t } = useTranslation('scheduling');
  const { name: nameOf, time } = useFormat();
  const can = useCan();
  const [values, setValues] = useState(initial);
  const [missing, setMissing] = useState<MissingField[]>([]);
  const [registering, setRegistering] = useState<string | null>(null);
  const book = useBookAppointment();
  const taken =
    isApiError(book.error, 'scheduling.chair_taken') || isApiError(book.error, 'scheduling.doctor_taken');

  const set = (changed: Partial<NewAppointmentValues>) => {
    setValues((before) => ({ ...before, ...changed }));
    setMissing((before) => before.filter((field) => !(field in changed)));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = missingFields(values);
    setMissing(found);
    if (found.length === 0) book.mutate(values, { onSuccess: () => onBooked(values.date) });
  };
  const startOptions = useMemo(
    () => startsBetween(dayStart, dayEnd).map((value) => ({ value, label: time(value) })),
    [dayStart, dayEnd, time],
  );
  const fields = fieldErrors(book.error);
  const fault = (field: MissingField, words: string, sent?: string) =>
    missing.includes(field) ? words : sent ? fields[sent] : undefined;
  const options = (list: readonly (Staff | Chair)[], chosen: string | null) =>
    list
      .filter((one) => one.active || one.id === chosen)
      .map((one) => ({ value: one.id, label: nameOf(one) }));
  // Every branch has a chair 1.
  const chairOptions =
    branches.length > 1
      ? branches.map((branch) => ({
          group: nameOf(branch),
          items: options(
            chairs.filter(({ branch_id }) => branch_id === branch.id),
            values.chairId,
          ),
        }))
      : options(chairs, values.chairId);

  return (
    <form onSubmit={submit} className={classes.form} noValidate>
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
      {values.patient && <PatientNotes patientId={values.patient.id} date={values.date} />}
      <div className={classes.pair}>
        <Select
          label={t('form.doctor')}
          data={options(doctors, values.doctorId)}
          value={values.doctorId}
          onChange={(doctorId) => set({ doctorId })}
          error={fault('doctorId', t('form.chooseDoctor'), 'doctor_id')}
          disabled={can.ownOnly('scheduling.write')}
          required
          searchable
        />
        <Select
          label={t('form.chair')}
          placeholder={t('appointment.noChair')}
          data={chairOptions}
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
        <Select
          label={t('form.start')}
          data={startOptions}
          value={values.start || null}
          onChange={(start) => set({ start: start ?? '' })}
          error={fault('start', t('form.chooseStart'), 'starts_at')}
          searchable
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
      {book.error && (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle size={18} />}
          title={taken ? t('form.takenTitle') : undefined}
        >
          {errorMessage(book.error)}
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

/** What the receptionist should know before booking: alerts, and an appointment on the same day. */
function PatientNotes({ patientId, date }: { patientId: string; date: string }) {
  const { t } = useTranslation('scheduling');
  const { time } = useFormat();
  const alerts = useQuery(patientAlertsQuery(patientId));
  const sameDay = useQuery({ ...patientDayQuery(patientId, date), enabled: date !== '' });
  const times = (sameDay.data ?? [])
    .filter(({ status }) => holdsSlot(status))
    .map((one) => time(one.local_start));
  return (
    <>
      {alerts.data && <AlertChips alerts={alerts.data.items} allergyStatus={alerts.data.allergy_status} />}
      {alerts.error && (
        <p role="alert" className={classes.fault}>
          {t('appointment.alertsFailed')} {errorMessage(alerts.error)}
        </p>
      )}
      {times.length > 0 && (
        <p className={classes.warning} role="status">
          <IconAlertTriangle size={16} aria-hidden /> {t('form.sameDay', { times: times.join(' · ') })}
        </p>
      )}
    </>
  );
}
