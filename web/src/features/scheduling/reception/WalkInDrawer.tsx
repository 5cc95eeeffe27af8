import { Button, Drawer, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, fieldErrors } from '@/api/errors';
import type { Appointment, Staff } from '@/api/types';
import { localTimeOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { FormFailure } from '@/ui/form';
import { TypedSelect } from '@/ui/TypedSelect';
import formClasses from '../appointment.module.css';
import { PatientNotes } from '../PatientNotes';
import { PatientPicker, type PickedPatient } from '../PatientPicker';
import { QuickRegistration } from '../QuickRegistration';
import { TypeSelect } from '../TypeSelect';
import classes from './reception.module.css';

interface WalkInDrawerProps {
  branchId: string;
  doctors: readonly Staff[];
  /** The doctor to begin with. */
  doctorId: string | null;
  /** Who is expected today: whoever of them comes needs no second appointment. */
  expected: readonly Appointment[];
  onArrived(appointment: Appointment): void;
  onClose(): void;
}

/** Receives a patient without an appointment, and tells him his number. */
export default function WalkInDrawer(props: WalkInDrawerProps) {
  const { t } = useTranslation('reception');
  const [received, setReceived] = useState<Appointment | null>(null);
  return (
    <Drawer opened onClose={props.onClose} position="right" size={460} title={t('newWalkIn.title')}>
      {received ? (
        <Received appointment={received} onAnother={() => setReceived(null)} onClose={props.onClose} />
      ) : (
        <WalkInForm {...props} onReceived={setReceived} />
      )}
    </Drawer>
  );
}

interface WalkIn {
  patient: PickedPatient | null;
  doctorId: string | null;
  typeId: string | null;
  minutes: number | null;
  pattern: string;
  reason: string;
}

function WalkInForm(props: WalkInDrawerProps & { onReceived(appointment: Appointment): void }) {
  const { branchId, doctors, expected, onArrived, onReceived, onClose } = props;
  const { t } = useTranslation(['reception', 'scheduling']);
  const format = useFormat();
  const can = useCan();
  const client = useQueryClient();
  const [values, setValues] = useState<WalkIn>({
    patient: null,
    doctorId: props.doctorId,
    typeId: null,
    minutes: null,
    pattern: '',
    reason: '',
  });
  const [tried, setTried] = useState(false);
  const [registering, setRegistering] = useState<string | null>(null);
  const receive = useAction<Appointment, WalkIn>(
    ({ patient, doctorId, typeId, reason }, act) =>
      api.post(
        '/walk-ins',
        {
          branch_id: branchId,
          patient_id: patient?.id,
          doctor_id: doctorId,
          ...(typeId ? { type_id: typeId } : {}),
          ...(reason.trim() ? { reason: reason.trim() } : {}),
        },
        act,
      ),
    {
      onSuccess: (appointment) => {
        onReceived(appointment);
        return client.invalidateQueries({ queryKey: ['appointments'] });
      },
    },
  );
  const set = (changed: Partial<WalkIn>) => setValues((before) => ({ ...before, ...changed }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (values.patient && values.doctorId) receive.mutate(values);
  };
  const { patient, doctorId } = values;
  const booked = expected.find(({ patient_id }) => patient_id === patient?.id);
  const fields = fieldErrors(receive.error);
  return (
    <form onSubmit={submit} className={formClasses.form} noValidate>
      <p className={classes.hint}>{t('newWalkIn.hint')}</p>
      {registering === null ? (
        <PatientPicker
          value={patient}
          onChange={(picked) => set({ patient: picked })}
          error={tried && !patient ? t('scheduling:form.choosePatient') : fields.patient_id}
          onRegister={can('patients.write') ? setRegistering : undefined}
        />
      ) : (
        <QuickRegistration
          typed={registering}
          onCancel={() => setRegistering(null)}
          onRegistered={(registered) => {
            setRegistering(null);
            set({ patient: registered });
          }}
        />
      )}
      {patient && (
        <PatientNotes
          patientId={patient.id}
          when={{
            date: format.today(),
            start: localTimeOf(new Date(), format.timeZone),
            minutes: values.minutes ?? 0,
          }}
        />
      )}
      {booked && (
        <Button variant="light" onClick={() => onArrived(booked)}>
          {t('newWalkIn.arrived', { time: format.time(booked.local_start) })}
        </Button>
      )}
      <TypedSelect
        label={t('scheduling:form.doctor')}
        data={doctors
          .filter((one) => one.active || one.id === doctorId)
          .map((one) => ({ value: one.id, label: format.name(one) }))}
        value={doctorId}
        onChange={(chosen) => set({ doctorId: chosen })}
        error={tried && !doctorId ? t('scheduling:form.chooseDoctor') : fields.doctor_id}
        disabled={can.ownOnly('scheduling.write')}
        required
      />
      <TypeSelect
        value={values.typeId}
        minutes={values.minutes ?? 0}
        pattern={values.pattern}
        error={fields.type_id}
        onChange={(type) =>
          set({ typeId: type?.id ?? null, minutes: type?.minutes ?? null, pattern: type?.pattern ?? '' })
        }
      />
      <TextInput
        label={t('scheduling:form.reason')}
        placeholder={t('scheduling:form.reasonPlaceholder')}
        value={values.reason}
        onChange={(event) => set({ reason: event.currentTarget.value })}
        error={fields.reason}
        maxLength={200}
      />
      <FormFailure
        message={receive.error && Object.keys(fields).length === 0 ? errorMessage(receive.error) : null}
      />
      <div className={formClasses.dialogButtons}>
        <Button variant="default" onClick={onClose}>
          {t('scheduling:form.cancel')}
        </Button>
        <Button type="submit" loading={receive.isPending} disabled={registering !== null}>
          {t('newWalkIn.submit')}
        </Button>
      </div>
    </form>
  );
}

interface ReceivedProps {
  appointment: Appointment;
  onAnother(): void;
  onClose(): void;
}

function Received({ appointment, onAnother, onClose }: ReceivedProps) {
  const { t } = useTranslation('reception');
  const { name, number } = useFormat();
  return (
    <div className={classes.received}>
      <p role="status" className={classes.given}>
        <span>{t('newWalkIn.given')}</span>
        <b>{number(appointment.token ?? 0)}</b>
        <bdi>{name(appointment.patient)}</bdi>
      </p>
      <Button onClick={onClose} data-autofocus>
        {t('newWalkIn.close')}
      </Button>
      <Button variant="default" onClick={onAnother}>
        {t('newWalkIn.another')}
      </Button>
    </div>
  );
}
