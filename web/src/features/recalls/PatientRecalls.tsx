import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { PatientRecall } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { ErrorState } from '@/ui/ErrorState';
import { ListSkeleton } from '@/ui/PageSkeleton';
import type { PatientRecallsProps } from '@/ui/slots';
import { DateText, DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import { lastRecallContactQuery, patientRecallsQuery } from './queries';
import { overrideOf, recallState } from './recallForm';
import classes from './recalls.module.css';

const RecallDialog = lazy(() => import('./RecallDialog'));
const StopDialog = lazy(() => import('./StopDialog'));

type Open = { recall: PatientRecall; act: 'change' | 'stop' } | null;

/** When a patient is due again: what was calculated beside what a person set. */
export default function PatientRecalls({ patientId }: PatientRecallsProps) {
  const { t } = useTranslation('recalls');
  const recalls = useQuery(patientRecallsQuery(patientId));
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Card title={t('patient.title')}>
      {recalls.data ? (
        <>
          {recalls.data.length === 0 && <p className={classes.nothing}>{t('patient.empty')}</p>}
          <ul className={classes.recalls}>
            {recalls.data.map((recall) => (
              <Line key={recall.recall_type_id} patientId={patientId} recall={recall} onOpen={setOpen} />
            ))}
          </ul>
          {recalls.data.length > 0 && <LastContact patientId={patientId} />}
        </>
      ) : recalls.error ? (
        <ErrorState message={errorMessage(recalls.error)} onRetry={() => void recalls.refetch()} />
      ) : (
        <ListSkeleton rows={2} />
      )}
      <Suspense fallback={null}>
        {open?.act === 'change' && (
          <RecallDialog patientId={patientId} recall={open.recall} onClose={close} />
        )}
        {open?.act === 'stop' && <StopDialog patientId={patientId} recall={open.recall} onClose={close} />}
      </Suspense>
    </Card>
  );
}

interface LineProps {
  patientId: string;
  recall: PatientRecall;
  onOpen(open: Open): void;
}

function Line({ patientId, recall, onOpen }: LineProps) {
  const { t } = useTranslation('recalls');
  const { name, today } = useFormat();
  const mayWrite = useCan()('scheduling.write');
  const state = recallState(recall, today());
  return (
    <li>
      <div className={classes.line}>
        <b>
          <bdi>{name(recall)}</bdi>
        </b>
        <span className={classes.state} data-state={state}>
          {t(`state.${state}`)}
          {recall.due_on && state !== 'stopped' && (
            <>
              {' · '}
              <DateText value={recall.due_on} />
            </>
          )}
        </span>
      </div>
      <div className={classes.below}>
        <p className={classes.facts}>
          <span>
            {t('months.every', { count: recall.interval_months })}
            {recall.own_interval && ` (${t('patient.ownInterval')})`}
          </span>
          {recall.last_trigger_on && (
            <span>
              {t('patient.lastDone')} <DateText value={recall.last_trigger_on} />
            </span>
          )}
          {recall.calculated_due_on && (
            <span>
              {t('patient.calculated')} <DateText value={recall.calculated_due_on} />
            </span>
          )}
          {recall.set_due_on && (
            <span>
              {t('patient.set')} <DateText value={recall.set_due_on} />
            </span>
          )}
        </p>
        {mayWrite && (
          <div className={classes.acts}>
            {state === 'stopped' ? (
              <Resume patientId={patientId} recall={recall} />
            ) : (
              <>
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => onOpen({ recall, act: 'change' })}
                  aria-label={t('patient.changeOf', { name: name(recall) })}
                >
                  {t('patient.change')}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  onClick={() => onOpen({ recall, act: 'stop' })}
                  aria-label={t('patient.stopOf', { name: name(recall) })}
                >
                  {t('patient.stop')}
                </Button>
              </>
            )}
          </div>
        )}
      </div>
      {[recall.stopped_reason, recall.note].map(
        (typed) =>
          typed && (
            <p key={typed} className={classes.typed}>
              <bdi>{typed}</bdi>
            </p>
          ),
      )}
    </li>
  );
}

function Resume({ patientId, recall }: Omit<LineProps, 'onOpen'>) {
  const { t } = useTranslation('recalls');
  const { name } = useFormat();
  const client = useQueryClient();
  const resume = useAction(
    (body: object, act) => api.put(`/patients/${patientId}/recalls/${recall.recall_type_id}`, body, act),
    {
      onSuccess: () => toast.done(t('patient.resumed')),
      onError: (error) => toast.failed(errorMessage(error)),
      onSettled: () => client.invalidateQueries({ queryKey: ['patients', patientId, 'recalls'] }),
    },
  );
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={resume.isPending}
      onClick={() => resume.mutate(overrideOf(recall, { stopped_reason: null }))}
      aria-label={t('patient.resumeOf', { name: name(recall) })}
    >
      {t('patient.resume')}
    </Button>
  );
}

function LastContact({ patientId }: PatientRecallsProps) {
  const { t } = useTranslation(['recalls', 'worklists']);
  const { pick } = useFormat();
  const contact = useQuery(lastRecallContactQuery(patientId));
  if (contact.error) return <p className={classes.fault}>{errorMessage(contact.error)}</p>;
  if (contact.data === undefined) return null;
  const last = contact.data;
  return (
    <p className={classes.contact}>
      <span>{t('patient.lastContact')}</span>{' '}
      {last ? (
        <>
          {t(`worklists:outcome.${last.outcome}`)} · <DateTimeText value={last.at} /> ·{' '}
          <bdi>{pick(last.by_name_ar, last.by_name_en)}</bdi>
          {last.note && (
            <>
              {' · '}
              <bdi>{last.note}</bdi>
            </>
          )}
        </>
      ) : (
        t('worklists:never')
      )}
    </p>
  );
}
