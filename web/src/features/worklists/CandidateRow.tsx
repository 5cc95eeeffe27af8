import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { OfferAnswer } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { Code, DateText, DateTimeText, Phone } from '@/ui/texts';
import { OfferLine } from './OfferLine';
import type { OfferRow } from './offerRows';
import classes from './offers.module.css';
import { Reach } from './Reach';
import { useOfferMessage } from './useMessage';

interface CandidateRowProps {
  row: OfferRow;
  slotStart: string;
  mayWrite: boolean;
  busy: boolean;
  onOffer(): void;
  onAnswer(said: Exclude<OfferAnswer, 'pending' | 'accepted'>): void;
  onAccept(): void;
}

/** Somebody who waits: since when and for what, how to reach him, and the offer that he had. */
export function CandidateRow({ row, slotStart, mayWrite, busy, ...on }: CandidateRowProps) {
  const { t } = useTranslation('worklists');
  const { name, minutes } = useFormat();
  const message = useOfferMessage();
  const { candidate, offer } = row;
  const { patient, starts_at: present } = candidate;
  const small = { size: 'compact-sm', disabled: busy } as const;
  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <Link to="/patients/$patientId" params={{ patientId: patient.id }}>
          <bdi>{name(patient)}</bdi>
        </Link>
        <small>
          <Code>{patient.file_number}</Code>
          {patient.phone && <Phone number={patient.phone} link />}
        </small>
        <small>
          <span>{minutes(candidate.minutes)}</span>
          <span>
            {present ? t('offers.has') : t('offers.onList')} {present && <DateTimeText value={present} />}
          </span>
          <span>
            {t('offers.since')} <DateText value={candidate.since} />
          </span>
        </small>
        {candidate.note && (
          <small>
            <bdi>{candidate.note}</bdi>
          </small>
        )}
      </div>
      <div className={classes.acts}>
        {patient.phone && <Reach phone={patient.phone} text={message(patient, slotStart)} />}
        {mayWrite && !offer && (
          <Button {...small} variant="default" onClick={on.onOffer}>
            {t('offers.offer')}
          </Button>
        )}
      </div>
      {offer && <OfferLine offer={offer} />}
      {mayWrite && offer && (offer.answer === 'pending' || offer.answer === 'accepted') && (
        <div className={classes.acts}>
          <Button {...small} onClick={on.onAccept}>
            {t(offer.answer === 'pending' ? 'offers.accept' : 'offers.book')}
          </Button>
          {offer.answer === 'pending' && (
            <>
              <Button {...small} variant="default" onClick={() => on.onAnswer('declined')}>
                {t('offers.decline')}
              </Button>
              <Button {...small} variant="default" onClick={() => on.onAnswer('no_answer')}>
                {t('offers.noAnswer')}
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  );
}
