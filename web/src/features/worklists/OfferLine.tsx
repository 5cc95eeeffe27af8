import { useTranslation } from 'react-i18next';
import type { SlotOffer } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { DateTimeText } from '@/ui/texts';
import classes from './offers.module.css';

/** An offer: what came of it, when it was made and by whom. */
export function OfferLine({ offer, named = false }: { offer: SlotOffer; named?: boolean }) {
  const { t } = useTranslation('worklists');
  const { pick } = useFormat();
  return (
    <p className={classes.offer} data-answer={offer.answer}>
      {named && (
        <b>
          <bdi>{pick(offer.patient_name_ar, offer.patient_name_en)}</bdi>
        </b>
      )}
      <span className={classes.answer}>{t(`offers.answer.${offer.answer}`)}</span>
      <small>
        {t('offers.by', { name: pick(offer.offered_by_name_ar, offer.offered_by_name_en) })} ·{' '}
        <DateTimeText value={offer.offered_at} />
      </small>
    </p>
  );
}
