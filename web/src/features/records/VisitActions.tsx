import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconBan, IconDots, IconReceipt, IconSignature } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { Invoice, Visit } from '@/api/types';
import { toast } from '@/ui/toast';
import type { VisitRights } from './useVisitRights';
import classes from './visit.module.css';

const SignDialog = lazy(() => import('./SignDialog'));
const EnteredInErrorDialog = lazy(() => import('./EnteredInErrorDialog'));

interface VisitActionsProps {
  visit: Visit;
  rights: VisitRights;
  /** True once the server has the whole note. */
  saveNote: () => Promise<boolean>;
}

export function VisitActions({ visit, rights, saveNote }: VisitActionsProps) {
  const { t } = useTranslation(['records', 'common']);
  const [dialog, setDialog] = useState<'sign' | 'error' | null>(null);
  const [saving, setSaving] = useState(false);
  const wrong = visit.status === 'entered_in_error';
  const startSigning = async () => {
    setSaving(true);
    const complete = await saveNote();
    setSaving(false);
    if (complete) setDialog('sign');
    else toast.failed(t('sign.unsaved'));
  };
  return (
    <div className={classes.actions}>
      {!wrong && <InvoiceButton visit={visit} rights={rights} />}
      {visit.status === 'draft' && (
        <Button
          leftSection={<IconSignature size={18} />}
          loading={saving}
          disabled={!rights.signs}
          title={rights.signs ? undefined : t('sign.notAllowed')}
          onClick={() => void startSigning()}
        >
          {t('sign.button')}
        </Button>
      )}
      {!wrong && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={t('common:action.more')}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item
              leftSection={<IconBan size={16} />}
              color="red"
              disabled={!rights.signs}
              title={rights.signs ? undefined : t('sign.notAllowed')}
              onClick={() => setDialog('error')}
            >
              {t('error.button')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Suspense fallback={null}>
        {dialog === 'sign' && <SignDialog visit={visit} onClose={() => setDialog(null)} />}
        {dialog === 'error' && <EnteredInErrorDialog visit={visit} onClose={() => setDialog(null)} />}
      </Suspense>
    </div>
  );
}

/** A draft invoice of the work that is on none yet. */
function InvoiceButton({ visit, rights }: { visit: Visit; rights: VisitRights }) {
  const { t } = useTranslation('records');
  const navigate = useNavigate();
  const client = useQueryClient();
  const make = useAction(
    (_: undefined, act) =>
      api.post<Invoice>('/invoices', { patient_id: visit.patient_id, visit_id: visit.id }, act),
    {
      onSuccess: ({ id }) => {
        void client.invalidateQueries({ queryKey: ['visits', visit.id] });
        void client.invalidateQueries({ queryKey: ['invoices'] });
        toast.done(t('invoice.made'));
        return navigate({ to: '/invoices/$invoiceId', params: { invoiceId: id } });
      },
      onError: (error) => toast.failed(errorMessage(error)),
    },
  );
  if (visit.procedures.length === 0) return null;
  const open = visit.procedures.filter(({ invoice_id }) => !invoice_id);
  const reason = !rights.bills
    ? t('invoice.notAllowed')
    : open.length === 0
      ? t('invoice.nothingLeft')
      : undefined;
  return (
    <Button
      variant="default"
      leftSection={<IconReceipt size={18} />}
      loading={make.isPending}
      disabled={reason !== undefined}
      title={reason}
      onClick={() => make.mutate(undefined)}
    >
      {t('invoice.make')}
    </Button>
  );
}
