import { Button, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { PerioDiagnosis, PerioExam } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { useCan } from '@/lib/permissions';
import { Card } from '@/ui/Card';
import { useConfirm } from '@/ui/confirm';
import { FormFailure } from '@/ui/form';
import { DateTimeText } from '@/ui/texts';
import { toast } from '@/ui/toast';
import css from './periodontal.module.css';
import { examChanged } from './queries';
import { RiskFields } from './RiskFields';
import type { PerioWords } from './usePerioWords';

const CONDITIONS = ['health', 'gingivitis', 'periodontitis'] as const;
const STAGES = ['I', 'II', 'III', 'IV'] as const;
const GRADES = ['A', 'B', 'C'] as const;
const EXTENTS = ['localized', 'generalized', 'molar_incisor'] as const;

interface DiagnosisCardProps {
  exam: PerioExam;
  words: PerioWords;
  /** What was typed is not saved yet: closing waits. */
  unsaved: boolean;
}

/** What the readings suggest and why, what a doctor confirms, and closing. */
export const DiagnosisCard = memo(function DiagnosisCard({ exam, words, unsaved }: DiagnosisCardProps) {
  const { t } = useTranslation('periodontal');
  const format = useFormat();
  const draft = exam.status === 'draft';
  const { suggestion, diagnosis } = exam;
  return (
    <Card title={t('diagnosis.title')}>
      <div className={css.stack}>
        {exam.kind === 'full' && draft && <RiskFields exam={exam} />}
        {exam.kind === 'full' && (
          <section aria-label={t('diagnosis.suggested')}>
            <h3 className={css.heading}>{t('diagnosis.suggested')}</h3>
            {suggestion ? (
              <>
                <p className={css.told}>{words.diagnosis(suggestion)}</p>
                <ul className={css.reasons}>
                  {suggestion.reasons.map((reason) => (
                    <li key={reason.code}>{words.reason(reason)}</li>
                  ))}
                </ul>
              </>
            ) : (
              <p className={css.hint}>{t('diagnosis.nothingMeasured')}</p>
            )}
            <p className={css.hint}>{t('diagnosis.source')}</p>
          </section>
        )}
        <section aria-label={t('diagnosis.confirmed')}>
          <h3 className={css.heading}>{t('diagnosis.confirmed')}</h3>
          {diagnosis ? (
            <>
              <p className={css.told}>{words.diagnosis(diagnosis)}</p>
              {exam.diagnosed_at && (
                <p className={css.hint}>
                  <bdi>{format.name(exam.diagnosed_by)}</bdi> · <DateTimeText value={exam.diagnosed_at} />
                </p>
              )}
            </>
          ) : (
            <p className={css.hint}>{t('diagnosis.none')}</p>
          )}
        </section>
        {draft && <Confirmation exam={exam} unsaved={unsaved} />}
      </div>
    </Card>
  );
});

function Confirmation({ exam, unsaved }: { exam: PerioExam; unsaved: boolean }) {
  const { t } = useTranslation('periodontal');
  const client = useQueryClient();
  const confirm = useConfirm();
  const may = useCan()('periodontal.diagnose');
  const known = exam.diagnosis ?? exam.suggestion;
  const [chosen, setChosen] = useState<PerioDiagnosis | null>(null);
  const shown: PerioDiagnosis = chosen ?? {
    condition: known?.condition ?? 'health',
    stage: known?.stage ?? null,
    grade: known?.grade ?? null,
    extent: known?.extent ?? null,
  };
  const diagnose = useAction<PerioExam, PerioDiagnosis>(
    (diagnosis, act) => api.put(`/perio-exams/${exam.id}/diagnosis`, diagnosis, act),
    {
      onSuccess: async (answer) => {
        setChosen(null);
        await examChanged(client, answer);
        toast.done(t('diagnosis.done'));
      },
    },
  );
  const close = useAction<PerioExam>((_, act) => api.post(`/perio-exams/${exam.id}/close`, {}, act), {
    onSuccess: async (answer) => {
      await examChanged(client, answer);
      toast.done(t('close.done'));
    },
  });
  if (!may) return <p className={css.hint}>{t('diagnosis.notAllowed')}</p>;

  const change = (part: Partial<PerioDiagnosis>) => {
    const next = { ...shown, ...part };
    if (next.condition !== 'periodontitis') Object.assign(next, { stage: null, grade: null });
    if (next.condition === 'health' || (next.condition === 'gingivitis' && next.extent === 'molar_incisor')) {
      next.extent = null;
    }
    setChosen(next);
  };
  const left = exam.summary.sites_expected - exam.summary.sites_measured;
  const askAndClose = async () => {
    const yes = await confirm({
      title: t('close.title'),
      body: (
        <>
          {exam.kind === 'full' && left > 0 && <p>{t('close.unmeasured', { count: left })}</p>}
          {!exam.diagnosis && exam.kind === 'full' && <p>{t('close.undiagnosed')}</p>}
          <p>{t('close.body')}</p>
        </>
      ),
      confirmLabel: t('close.confirm'),
    });
    if (yes) close.mutate();
  };
  const periodontitis = shown.condition === 'periodontitis';
  const failure = diagnose.error ?? close.error;
  return (
    <div className={`${css.stack} no-print`}>
      {exam.kind === 'full' && (
        <div className={css.fields}>
          <Select
            label={t('diagnosis.condition')}
            data={CONDITIONS.map((value) => ({ value, label: t(`condition.${value}`) }))}
            value={shown.condition}
            onChange={(value) => value && change({ condition: value as PerioDiagnosis['condition'] })}
            allowDeselect={false}
          />
          {periodontitis && (
            <>
              <Select
                label={t('diagnosis.stage')}
                data={STAGES.map((value) => ({ value, label: value }))}
                value={shown.stage ?? null}
                onChange={(value) => change({ stage: value as PerioDiagnosis['stage'] })}
              />
              <Select
                label={t('diagnosis.grade')}
                data={GRADES.map((value) => ({ value, label: value }))}
                value={shown.grade ?? null}
                onChange={(value) => change({ grade: value as PerioDiagnosis['grade'] })}
              />
            </>
          )}
          {shown.condition !== 'health' && (
            <Select
              label={t('diagnosis.extent')}
              data={EXTENTS.filter((value) => periodontitis || value !== 'molar_incisor').map((value) => ({
                value,
                label: t(`extent.${value}`),
              }))}
              value={shown.extent ?? null}
              onChange={(value) => change({ extent: value as PerioDiagnosis['extent'] })}
            />
          )}
        </div>
      )}
      <FormFailure message={failure ? errorMessage(failure) : null} />
      <div className={css.actions}>
        {exam.kind === 'full' && (
          <Button variant="default" loading={diagnose.isPending} onClick={() => diagnose.mutate(shown)}>
            {t('diagnosis.confirm')}
          </Button>
        )}
        <Button loading={close.isPending} disabled={unsaved} onClick={() => void askAndClose()}>
          {t('close.button')}
        </Button>
        {unsaved && <span className={css.hint}>{t('close.waits')}</span>}
      </div>
    </div>
  );
}
