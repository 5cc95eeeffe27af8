import { Alert, Button, CopyButton, Modal, TextInput } from '@mantine/core';
import { IconBrandWhatsapp, IconCopy } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import { useSession } from '@/api/session';
import type { PlanLink, Presentation, TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { ListSkeleton } from '@/ui/PageSkeleton';
import css from './present.module.css';

interface LinkDialogProps {
  plan: TreatmentPlan;
  presentation: Presentation;
  onClose: () => void;
}

/** A link over which the patient reads and signs at home; it is told once. */
export function LinkDialog({ plan, presentation, onClose }: LinkDialogProps) {
  const { t } = useTranslation('planning');
  const { date, name } = useFormat();
  const { clinic } = useSession();
  const make = useAction((_: undefined, act) => api.post<PlanLink>(`/plans/${plan.id}/links`, {}, act));
  const asked = useRef(false);
  const mutate = make.mutate;
  useEffect(() => {
    if (asked.current || !presentation.birth_date_known) return;
    asked.current = true;
    mutate(undefined);
  }, [mutate, presentation.birth_date_known]);
  const address = make.data ? `${window.location.origin}${make.data.path}` : '';
  const text = t('link.text', { clinic: name(clinic), address });
  const phone = presentation.phone?.replace(/\D/g, '');
  return (
    <Modal opened onClose={onClose} title={t('link.title')}>
      <div className={css.link}>
        {!presentation.birth_date_known ? (
          <Alert color="yellow">{t('link.noBirthDate')}</Alert>
        ) : make.error ? (
          <Alert color="red" role="alert">
            {errorMessage(make.error)}
          </Alert>
        ) : make.data ? (
          <>
            <p>{t('link.hint', { until: date(make.data.expires_at) })}</p>
            <TextInput readOnly dir="ltr" value={address} aria-label={t('link.address')} />
            <div className={css.linkActions}>
              <CopyButton value={address}>
                {({ copied, copy }) => (
                  <Button leftSection={<IconCopy size={18} />} onClick={copy}>
                    {t(copied ? 'link.copied' : 'link.copy')}
                  </Button>
                )}
              </CopyButton>
              {phone && (
                <Button
                  component="a"
                  href={`https://wa.me/${phone}?text=${encodeURIComponent(text)}`}
                  target="_blank"
                  rel="noreferrer"
                  variant="default"
                  leftSection={<IconBrandWhatsapp size={18} />}
                >
                  {t('link.whatsapp')}
                </Button>
              )}
            </div>
          </>
        ) : (
          <ListSkeleton rows={2} />
        )}
      </div>
    </Modal>
  );
}
