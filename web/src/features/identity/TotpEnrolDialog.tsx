import { Button, CopyButton, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useApiForm } from '@/api/form';
import type { RecoveryCodes, TotpProposal } from '@/api/types';
import { fields } from '@/i18n/fields';
import { toLatinDigits } from '@/lib/format';
import { ErrorState } from '@/ui/ErrorState';
import { FormActions, FormFailure } from '@/ui/form';
import { ListSkeleton } from '@/ui/PageSkeleton';
import { Code } from '@/ui/texts';
import { toast } from '@/ui/toast';
import classes from './identity.module.css';

const schema = z.object({
  code: fields.choice().transform((typed) => toLatinDigits(typed).replace(/\s/g, '')),
});

interface TotpEnrolDialogProps {
  onEnabled: () => void;
  onClose: () => void;
}

export default function TotpEnrolDialog({ onEnabled, onClose }: TotpEnrolDialogProps) {
  const { t } = useTranslation(['identity', 'common']);
  const [codes, setCodes] = useState<string[] | null>(null);
  const proposal = useQuery({
    queryKey: ['totp-proposal'],
    queryFn: () => api.post<TotpProposal>('/account/totp'),
    // A secret is made anew each time the dialog opens, and never on its own.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const { form, failure, submitting, onSubmit } = useApiForm({
    schema,
    initialValues: { code: '' },
    submit: async (values) => {
      const made = await api.post<RecoveryCodes>('/account/totp/confirm', values);
      setCodes(made.recovery_codes);
      onEnabled();
      toast.done(t('totp.enabled'));
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={codes ? t('totp.recoveryTitle') : t('totp.title')}
      closeOnClickOutside={!codes}
    >
      {codes ? (
        <RecoveryCodeList codes={codes} onClose={onClose} />
      ) : proposal.error ? (
        <ErrorState message={errorMessage(proposal.error)} onRetry={() => void proposal.refetch()} />
      ) : !proposal.data ? (
        <ListSkeleton rows={4} />
      ) : (
        <form onSubmit={onSubmit} noValidate className={classes.form}>
          <p className={classes.hint}>{t('totp.scan')}</p>
          <div className={classes.enrol}>
            <img
              className={classes.qr}
              alt={t('totp.qr')}
              src={`data:image/svg+xml,${encodeURIComponent(proposal.data.qr_svg)}`}
            />
            <div className={classes.form}>
              <p className={classes.hint}>
                {t('totp.typeIn')}
                <br />
                <span className={classes.key}>
                  <Code>{proposal.data.secret}</Code>
                </span>
              </p>
              <TextInput
                {...form.getInputProps('code')}
                label={t('totp.code')}
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                data-autofocus
              />
            </div>
          </div>
          <FormFailure message={failure} />
          <FormActions submitLabel={t('totp.confirm')} submitting={submitting} onCancel={onClose} />
        </form>
      )}
    </Modal>
  );
}

function RecoveryCodeList({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useTranslation(['identity', 'common']);
  return (
    <div className={classes.form}>
      <p className={classes.hint}>{t('totp.recoveryHint')}</p>
      <ul className={classes.codes}>
        {codes.map((code) => (
          <li key={code}>
            <Code>{code}</Code>
          </li>
        ))}
      </ul>
      <div className={classes.spread}>
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('common:action.copied') : t('totp.copyCodes')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onClose}>{t('totp.kept')}</Button>
      </div>
    </div>
  );
}
