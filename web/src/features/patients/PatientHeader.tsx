import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import type { PatientHeader as Header } from '@/api/types';
import { isNegativeMoney, localDateOf } from '@/lib/format';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { AlertChips } from '@/ui/AlertChips';
import { ErrorState } from '@/ui/ErrorState';
import { StatusBadge } from '@/ui/StatusBadge';
import type { PatientHeaderProps } from '@/ui/slots';
import { Code, DateText, DateTimeText, MoneyText, Phone } from '@/ui/texts';
import { PatientAvatar } from './PatientAvatar';
import classes from './patients.module.css';
import { headerQuery } from './queries';

/** Who the patient is and what to beware of, above everything that is shown about him. */
export default function PatientHeader({ patientId, action, children }: PatientHeaderProps) {
  const { t } = useTranslation('common');
  const header = useQuery(headerQuery(patientId));
  if (!header.data) {
    if (!header.error) return <HeaderSkeleton />;
    return (
      <ErrorState
        message={errorMessage(header.error)}
        requestId={isApiError(header.error) ? header.error.requestId : null}
        onRetry={() => void header.refetch()}
      />
    );
  }
  return (
    <header className={classes.header} data-tabs={children !== undefined || undefined}>
      <div className={classes.headerLine}>
        <Identity header={header.data} />
        <Facts header={header.data} />
        {action && <div className={classes.headerAction}>{action}</div>}
      </div>
      {header.error && (
        <p role="alert" className={classes.stale}>
          {t('state.failedHint')} {errorMessage(header.error)}
        </p>
      )}
      <AlertChips alerts={header.data.alerts} allergyStatus={header.data.allergy_status} />
      {children}
    </header>
  );
}

function Identity({ header: { patient } }: { header: Header }) {
  const { t } = useTranslation('patients');
  const { name, age } = useFormat();
  const [phone] = patient.phones;
  return (
    <div className={classes.identity}>
      <PatientAvatar person={patient} large />
      <div>
        <h1 className={classes.patientName}>
          <Link to="/patients/$patientId" params={{ patientId: patient.id }} className={classes.plainLink}>
            <bdi>{name(patient)}</bdi>
          </Link>
          {patient.status === 'archived' && <StatusBadge status="archived" />}
        </h1>
        <div className={classes.meta}>
          <span>
            {t('file')} <Code>{patient.file_number}</Code>
          </span>
          {patient.birth_date && <span>{age(patient.birth_date)}</span>}
          {patient.sex !== 'unknown' && <span>{t(`sex.${patient.sex}`)}</span>}
          {phone && <Phone number={phone.number} link />}
        </div>
      </div>
    </div>
  );
}

function Facts({ header }: { header: Header }) {
  const { t } = useTranslation('patients');
  const { timeZone } = useFormat();
  const can = useCan();
  const { last_visit_at: last, next_appointment_at: next, balance } = header;
  const credit = balance ? isNegativeMoney(balance) : false;
  const owed = balance && credit ? { ...balance, amount: balance.amount.slice(1) } : balance;
  return (
    <dl className={classes.facts}>
      <Fact label={t('header.lastVisit')}>{last ? <DateText value={last} /> : t('header.noVisit')}</Fact>
      <Fact label={t('header.nextAppointment')}>
        {!next && t('header.noAppointment')}
        {next &&
          (can('scheduling.read') ? (
            <Link to="/" search={{ date: localDateOf(next, timeZone) }} className={classes.plainLink}>
              <DateTimeText value={next} />
            </Link>
          ) : (
            <DateTimeText value={next} />
          ))}
      </Fact>
      {owed && (
        <Fact label={t(credit ? 'header.credit' : 'header.balance')}>
          <MoneyText money={owed} debt={!credit} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function HeaderSkeleton() {
  const { t } = useTranslation('common');
  return (
    <div className={classes.header} role="status" aria-label={t('state.loading')}>
      <div className={classes.headerLine}>
        <div className={classes.identity}>
          <Skeleton circle height={52} />
          <div>
            <Skeleton height={24} width={200} mb={8} />
            <Skeleton height={14} width={260} />
          </div>
        </div>
      </div>
      <Skeleton height={28} width="min(340px, 80%)" radius={14} />
    </div>
  );
}
