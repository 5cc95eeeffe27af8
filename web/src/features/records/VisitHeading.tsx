import { Alert } from '@mantine/core';
import { IconBan, IconLock, IconShieldCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Visit } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, DateTimeText } from '@/ui/texts';
import { SaveNote } from './SaveNote';
import type { NotesDraft } from './useNotesDraft';
import classes from './visit.module.css';

const HASH_SHOWN = 12;

/** When, with whom, in which state; and for a signed visit by whom and under which seal. */
export function VisitHeading(props: { visit: Visit; note: NotesDraft; writes: boolean }) {
  const { visit, note, writes } = props;
  const { t } = useTranslation('records');
  const { name } = useFormat();
  return (
    <div className={classes.heading}>
      <div className={classes.headingLine}>
        <h2 className={classes.title}>{t('title')}</h2>
        <StatusBadge status={visit.status} />
        <span className={classes.quiet}>
          <DateTimeText value={visit.opened_at} />
          <span aria-hidden> · </span>
          <bdi>{name(visit.doctor)}</bdi>
        </span>
        {writes && <SaveNote note={note} />}
      </div>
      {visit.status === 'draft' && !writes && (
        <p className={classes.quietLine}>
          <IconLock size={15} aria-hidden /> {t('readOnly')}
        </p>
      )}
      {visit.status === 'signed' && <Seal visit={visit} />}
      {visit.status === 'entered_in_error' && (
        <Alert color="red" variant="light" icon={<IconBan size={18} />} title={t('error.shownTitle')}>
          {t('error.shownBody')}
          {visit.error_reason && (
            <p className={classes.dialogText}>
              {t('error.reason')}: <bdi>{visit.error_reason}</bdi>
            </p>
          )}
          <StandingInvoices visit={visit} />
        </Alert>
      )}
    </div>
  );
}

/** Invoices that were issued before the visit was struck out: they stay, and somebody has to look at them. */
function StandingInvoices({ visit }: { visit: Visit }) {
  const { t } = useTranslation('records');
  const ids = new Set(visit.procedures.flatMap(({ invoice_id }) => invoice_id ?? []));
  return [...ids].map((invoiceId) => (
    <p key={invoiceId} className={classes.dialogText}>
      {t('error.invoiced')}{' '}
      <Link to="/invoices/$invoiceId" params={{ invoiceId }}>
        {t('error.toInvoice')}
      </Link>
    </p>
  ));
}

function Seal({ visit }: { visit: Visit }) {
  const { t } = useTranslation('records');
  const { name } = useFormat();
  return (
    <p className={classes.seal}>
      <IconShieldCheck size={18} aria-hidden />
      <span>
        {t('seal.by')} <bdi>{name(visit.signed_by)}</bdi>
      </span>
      <DateTimeText value={visit.signed_at} />
      {visit.hash && (
        <span title={visit.hash}>
          {t('seal.hash')} <Code>{visit.hash.slice(0, HASH_SHOWN)}</Code>
        </span>
      )}
    </p>
  );
}
