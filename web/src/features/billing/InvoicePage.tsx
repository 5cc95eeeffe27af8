import { Button } from '@mantine/core';
import { IconStethoscope } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { errorMessage, isApiError } from '@/api/errors';
import type { Invoice } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { PageBody } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { NotYourRole } from '@/ui/NotYourRole';
import { PageHeader } from '@/ui/PageHeader';
import { PageSkeleton } from '@/ui/PageSkeleton';
import { StatusBadge } from '@/ui/StatusBadge';
import { useSlots } from '@/ui/slots';
import { Code, DateText } from '@/ui/texts';
import classes from './billing.module.css';
import { DraftView } from './DraftView';
import { IssuedView } from './IssuedView';
import { PrintMenu } from './PrintMenu';
import { invoiceQuery } from './queries';

export default function InvoicePage() {
  const can = useCan();
  if (!can('billing.read')) {
    return <NotYourRole />;
  }
  return <AllowedInvoicePage />;
}

function AllowedInvoicePage() {
  const { invoiceId } = useParams({ from: '/shell/invoices/$invoiceId' });
  const invoice = useQuery(invoiceQuery(invoiceId));
  if (invoice.data) return <LoadedInvoice key={invoice.data.id} invoice={invoice.data} />;
  if (!invoice.error) return <PageSkeleton />;
  return (
    <PageBody>
      <ErrorState
        message={errorMessage(invoice.error)}
        requestId={isApiError(invoice.error) ? invoice.error.requestId : null}
        onRetry={() => void invoice.refetch()}
      />
    </PageBody>
  );
}

function LoadedInvoice({ invoice }: { invoice: Invoice }) {
  const { t } = useTranslation('billing');
  const can = useCan();
  const { PatientHeader } = useSlots();
  const draft = invoice.status === 'draft';
  return (
    <>
      {can('patients.read') && <PatientHeader patientId={invoice.patient_id} />}
      <PageHeader
        title={
          draft ? (
            t('draft.title')
          ) : (
            <>
              {t('invoice')} <Code>{invoice.number}</Code>
            </>
          )
        }
        meta={
          <span className={classes.meta}>
            <StatusBadge status={invoice.status} />
            <DateText value={invoice.issued_on ?? invoice.created_at} hijri />
          </span>
        }
        actions={
          <>
            {invoice.visit_id && can('records.read') && (
              <Button
                variant="default"
                leftSection={<IconStethoscope size={18} />}
                renderRoot={(props) => (
                  <Link to="/visits/$visitId" params={{ visitId: invoice.visit_id ?? '' }} {...props} />
                )}
              >
                {t('openVisit')}
              </Button>
            )}
            {!draft && <PrintMenu path={`/invoices/${invoice.id}/pdf`} label={t('print.button')} />}
          </>
        }
      />
      <PageBody>{draft ? <DraftView invoice={invoice} /> : <IssuedView invoice={invoice} />}</PageBody>
    </>
  );
}
