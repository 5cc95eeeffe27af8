import { Button } from '@mantine/core';
import { IconBrandWhatsapp, IconPencil } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Fragment, lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { IfCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { Code, DateText, Phone } from '@/ui/texts';
import { isPhoneLabel } from './PhoneFields';
import type { RelatedPatient } from './patientForm';
import classes from './patients.module.css';

const EditPatientDrawer = lazy(() => import('./EditPatientDrawer'));

export function PersonalDataCard({ patient }: { patient: Patient }) {
  const { t } = useTranslation(['patients', 'common']);
  const { age, hijri } = useFormat();
  const [editing, setEditing] = useState(false);
  const rows: [string, ReactNode][] = [
    [t('field.nameAr'), patient.name_ar && <bdi lang="ar">{patient.name_ar}</bdi>],
    [t('field.nameEn'), patient.name_en && <bdi lang="en">{patient.name_en}</bdi>],
    [
      t('field.birthDate'),
      patient.birth_date && (
        <>
          <DateText value={patient.birth_date} />
          <span className={classes.quiet}>
            {' · '}
            <bdi>{hijri(patient.birth_date)}</bdi>
            {' · '}
            <bdi>{age(patient.birth_date)}</bdi>
          </span>
        </>
      ),
    ],
    [t('field.sex'), patient.sex !== 'unknown' && t(`sex.${patient.sex}`)],
    [t('field.phones'), patient.phones.length > 0 && <Phones patient={patient} />],
    [t('field.nationalId'), patient.national_id && <Code>{patient.national_id}</Code>],
    [
      t('field.email'),
      patient.email && (
        <a href={`mailto:${patient.email}`}>
          <Code>{patient.email}</Code>
        </a>
      ),
    ],
    [t('field.address'), patient.address && <bdi>{patient.address}</bdi>],
    [t('field.guardian'), patient.guardian && <PatientLink patient={patient.guardian} />],
    [t('field.guarantor'), patient.guarantor && <PatientLink patient={patient.guarantor} />],
    [t('field.language'), patient.preferred_language && t(`language.${patient.preferred_language}`)],
    [
      t('field.reminderChannel'),
      patient.reminders_off
        ? t('overview.remindersOff')
        : patient.reminder_channel && t(`channel.${patient.reminder_channel}`),
    ],
    [t('field.notes'), patient.notes && <bdi className={classes.typedText}>{patient.notes}</bdi>],
    [t('field.registered'), <DateText key="registered" value={patient.created_at} />],
  ];
  const known = rows.filter(([, value]) => value);
  const missing = rows.filter(([, value]) => !value).map(([label]) => label);
  return (
    <Card
      title={t('overview.personal')}
      actions={
        <IfCan permission="patients.write">
          <Button
            variant="default"
            size="compact-md"
            leftSection={<IconPencil size={16} />}
            onClick={() => setEditing(true)}
          >
            {t('common:action.edit')}
          </Button>
        </IfCan>
      }
    >
      <dl className={classes.data}>
        {known.map(([label, value]) => (
          <Fragment key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
      {missing.length > 0 && (
        <p className={classes.missing}>
          {t('overview.notRecorded', { fields: missing.join(t('listSeparator')) })}
        </p>
      )}
      {editing && (
        <Suspense fallback={null}>
          <EditPatientDrawer patient={patient} onClose={() => setEditing(false)} />
        </Suspense>
      )}
    </Card>
  );
}

function Phones({ patient }: { patient: Patient }) {
  const { t } = useTranslation('patients');
  return (
    <ul className={classes.plainList}>
      {patient.phones.map((phone) => (
        <li key={phone.number}>
          <Phone number={phone.number} link />
          <span className={classes.quiet}>
            {isPhoneLabel(phone.label) ? t(`phone.${phone.label}`) : <bdi>{phone.label}</bdi>}
          </span>
          {phone.whatsapp && (
            <a
              href={`https://wa.me/${phone.number.replace(/\D/g, '')}`}
              target="_blank"
              rel="noreferrer"
              aria-label={t('overview.whatsapp', { number: phone.number })}
              className={classes.whatsapp}
            >
              <IconBrandWhatsapp size={17} />
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

function PatientLink({ patient }: { patient: RelatedPatient }) {
  const { name } = useFormat();
  return (
    <Link to="/patients/$patientId" params={{ patientId: patient.id }}>
      <bdi>{name(patient)}</bdi>
    </Link>
  );
}
