import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PatientDetailsForm } from './PatientDetails';
import { newPhone } from './patientForm';
import classes from './patients.module.css';

const LABELS = ['mobile', 'home', 'work', 'other'] as const;
export type PhoneLabel = (typeof LABELS)[number];
export const isPhoneLabel = (label: string): label is PhoneLabel =>
  (LABELS as readonly string[]).includes(label);

const MOST = 10;

/** The patient's numbers from `first` on, each with what it is and whether it has WhatsApp. */
export function PhoneFields({ form, first }: { form: PatientDetailsForm; first: number }) {
  const { t } = useTranslation('patients');
  const { phones } = form.values;
  return (
    <fieldset className={classes.phones}>
      {phones.map((phone, index) =>
        index < first ? null : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a number has no identity but its place in the list
          <div key={index} className={classes.phoneRow}>
            <TextInput
              {...form.getInputProps(`phones.${index}.number`)}
              label={index === 0 ? t('form.phone') : t('form.furtherPhone', { number: index + 1 })}
              type="tel"
              inputMode="tel"
              autoComplete="off"
              required={index === 0 && form.values.guardian === null}
            />
            <Select
              {...form.getInputProps(`phones.${index}.label`)}
              label={t('form.phoneKind')}
              allowDeselect={false}
              data={[
                ...LABELS.map((value) => ({ value: value as string, label: t(`phone.${value}`) })),
                ...(isPhoneLabel(phone.label) ? [] : [{ value: phone.label, label: phone.label }]),
              ]}
            />
            {phones.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('form.removePhone')}
                onClick={() => form.removeListItem('phones', index)}
              >
                <IconTrash size={17} />
              </ActionIcon>
            )}
            <Checkbox
              {...form.getInputProps(`phones.${index}.whatsapp`, { type: 'checkbox' })}
              label={t('form.whatsapp')}
              className={classes.wide}
            />
          </div>
        ),
      )}
      {phones.length < MOST && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => form.insertListItem('phones', newPhone())}
        >
          {t('form.addPhone')}
        </Button>
      )}
    </fieldset>
  );
}
