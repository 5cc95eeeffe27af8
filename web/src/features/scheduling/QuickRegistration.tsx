import { Button, TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage, fieldErrors } from '@/api/errors';
import type { Patient } from '@/api/types';
import { toLatinDigits } from '@/lib/format';
import classes from './appointment.module.css';
import type { PickedPatient } from './PatientPicker';

interface QuickRegistrationProps {
  typed: string;
  onRegistered(patient: PickedPatient): void;
  onCancel(): void;
}

const ARABIC = /\p{Script=Arabic}/u;

/** Name and phone are enough to book; the rest is asked when the patient comes. */
export function QuickRegistration({ typed, onRegistered, onCancel }: QuickRegistrationProps) {
  const { t } = useTranslation('scheduling');
  const typedIsPhone = /^[\d+\s٠-٩۰-۹-]+$/.test(typed);
  const [name, setName] = useState(typedIsPhone ? '' : typed);
  const [phone, setPhone] = useState(typedIsPhone ? typed : '');
  const register = useAction((_: string, act) => {
    const number = toLatinDigits(phone).replace(/[^\d+]/g, '');
    return api.post<Patient>(
      '/patients',
      {
        [ARABIC.test(name) ? 'name_ar' : 'name_en']: name.trim(),
        phones: [{ number, label: 'mobile', whatsapp: true }],
      },
      act,
    );
  });
  const complete = name.trim() !== '' && phone.trim() !== '';
  const submit = () => {
    if (!complete || register.isPending) return;
    register.mutate(`${name}\n${phone}`, {
      onSuccess: (patient) => onRegistered(patient),
    });
  };
  // This lies inside the form of the appointment: Enter registers, it does not book.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    submit();
  };
  const fields = fieldErrors(register.error);
  return (
    <fieldset className={classes.quick}>
      <legend>{t('form.register')}</legend>
      <TextInput
        label={t('form.newName')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={fields.name_ar ?? fields.name_en}
        required
        data-autofocus
      />
      <TextInput
        label={t('appointment.phone')}
        type="tel"
        value={phone}
        onChange={(event) => setPhone(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        error={fields['phones.0.number'] ?? fields.phones}
        required
      />
      {register.error && Object.keys(fields).length === 0 && (
        <p role="alert" className={classes.fault}>
          {errorMessage(register.error)}
        </p>
      )}
      <div className={classes.dialogButtons}>
        <Button variant="default" onClick={onCancel}>
          {t('form.cancel')}
        </Button>
        <Button onClick={submit} disabled={!complete} loading={register.isPending}>
          {t('form.registerNow')}
        </Button>
      </div>
    </fieldset>
  );
}
