import { Button, Drawer } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { errorMessage } from '@/api/errors';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { FormFailure } from '@/ui/form';
import { ListSkeleton } from '@/ui/PageSkeleton';
import type { SlotOffersProps } from '@/ui/slots';
import { DateText, TimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { CandidateRow } from './CandidateRow';
import { OfferLine } from './OfferLine';
import { offerRows } from './offerRows';
import classes from './offers.module.css';
import { useOfferActs, useOfferLists } from './useOffers';

/** A slot that became free, who would take it in the order in which they asked, and what each of them said. */
export default function SlotOffers(props: SlotOffersProps) {
  const { doctor, chair, startsAt, endsAt, onClose, onFilled } = props;
  const { t } = useTranslation('worklists');
  const { name } = useFormat();
  const mayWrite = useCan()('scheduling.write');
  const { candidates, offers } = useOfferLists(props);
  const acts = useOfferActs(props);
  const failed = candidates.error ?? offers.error;
  const list =
    candidates.data && offers.data ? offerRows(candidates.data.items, offers.data.items) : undefined;
  const refused = acts.offer.error ?? acts.answer.error ?? acts.accept.error;
  const busy = acts.offer.isPending || acts.answer.isPending || acts.accept.isPending;
  const forget = () => {
    for (const act of [acts.offer, acts.answer, acts.accept]) act.reset();
  };
  return (
    <Drawer opened onClose={onClose} position="right" size={520} title={t('offers.title')}>
      <div className={classes.panel}>
        <p className={classes.slot}>
          <b>
            <DateText value={startsAt} style="full" /> ·{' '}
            <span className={classes.time}>
              <TimeText value={startsAt} /> – <TimeText value={endsAt} />
            </span>
          </b>
          <span>
            <bdi>{name(doctor)}</bdi>
            {chair && (
              <>
                {' · '}
                <bdi>{name(chair)}</bdi>
              </>
            )}
          </span>
        </p>
        {list?.next && mayWrite && (
          <Button
            leftSection={<IconSend size={16} className="mirror" />}
            loading={busy}
            onClick={() => {
              forget();
              if (list.next) acts.offer.mutate(list.next);
            }}
          >
            {t('offers.next', { name: name(list.next.patient) })}
          </Button>
        )}
        <FormFailure message={refused && errorMessage(refused)} />
        {!list && failed ? (
          <ErrorState
            message={errorMessage(failed)}
            onRetry={() => {
              void candidates.refetch();
              void offers.refetch();
            }}
          />
        ) : !list ? (
          <ListSkeleton rows={5} />
        ) : (
          <>
            {list.rows.length === 0 ? (
              <EmptyState title={t('offers.empty')} hint={t('offers.emptyHint')} />
            ) : (
              <ol className={classes.list} aria-label={t('offers.waiting')}>
                {list.rows.map((row) => (
                  <CandidateRow
                    key={row.candidate.appointment_id ?? row.candidate.waitlist_entry_id}
                    row={row}
                    slotStart={startsAt}
                    mayWrite={mayWrite}
                    busy={busy}
                    onOffer={() => {
                      forget();
                      acts.offer.mutate(row.candidate);
                    }}
                    onAnswer={(said) => {
                      forget();
                      if (row.offer) acts.answer.mutate({ id: row.offer.id, said });
                    }}
                    onAccept={() => {
                      forget();
                      acts.accept.mutate(row, {
                        onSuccess: () => {
                          toast.done(t('offers.booked', { name: name(row.candidate.patient) }));
                          onClose();
                          onFilled?.();
                        },
                      });
                    }}
                  />
                ))}
              </ol>
            )}
            {list.past.length > 0 && (
              <section>
                <h3 className={classes.heading}>{t('offers.past')}</h3>
                <ul className={classes.list}>
                  {list.past.map((offer) => (
                    <li key={offer.id} className={classes.row}>
                      <OfferLine offer={offer} named />
                    </li>
                  ))}
                </ul>
              </section>
            )}
          </>
        )}
      </div>
    </Drawer>
  );
}
