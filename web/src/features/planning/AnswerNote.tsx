import { IconAlertTriangle, IconSignature } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TreatmentPlan } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import css from './planning.module.css';
import { SignaturePicture } from './SignaturePicture';

/** What the patient was shown and answered, and whether that still holds. */
export function AnswerNote({ plan }: { plan: TreatmentPlan }) {
  const { t } = useTranslation('planning');
  const { date, number } = useFormat();
  const { answer, validity } = plan;
  const closed = plan.status === 'declined' || plan.status === 'withdrawn';
  if (!answer && validity === 'not_presented' && !plan.status_reason) return null;
  return (
    <div className={css.answer} data-validity={closed ? 'closed' : validity}>
      {validity === 'no_longer_valid' && !closed && (
        <p className={css.warning} role="alert">
          <IconAlertTriangle size={18} aria-hidden />
          {t(answer ? 'validity.signedChanged' : 'validity.shownChanged')}
        </p>
      )}
      {!answer && plan.presented_at && (
        <p>{t('present.shown', { date: date(plan.presented_at), until: date(plan.valid_until ?? '') })}</p>
      )}
      {answer && (
        <p>
          <IconSignature size={16} aria-hidden />{' '}
          {t(`answer.${answer.decision}`, {
            name: answer.signer_name,
            date: date(answer.signed_at),
            method: t(`method.${answer.method}`),
            relation: t(`relation.${answer.relation}`),
          })}{' '}
          {answer.decision === 'accepted' &&
            t('answer.items', {
              accepted: number(answer.accepted_items.length),
              all: number(answer.presented_items),
            })}
        </p>
      )}
      {plan.status_reason && (
        <p>
          {t('reason')} <bdi>{plan.status_reason}</bdi>
        </p>
      )}
      {answer?.strokes && <SignaturePicture strokes={answer.strokes} label={answer.signer_name} />}
    </div>
  );
}
