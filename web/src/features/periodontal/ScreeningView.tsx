import { Checkbox, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { PerioExam, PerioExamItem, Sextant } from '@/api/types';
import { FormFailure } from '@/ui/form';
import css from './periodontal.module.css';
import { examQuery } from './queries';

/** As the examiner sees them: the patient's right at the left. */
const SEXTANTS: readonly Sextant[] = [
  'upper_right',
  'upper_front',
  'upper_left',
  'lower_right',
  'lower_front',
  'lower_left',
];
const CODES = ['0', '1', '2', '3', '4', 'X'] as const;

/** The quick screening: a code for each sextant, and what the worst of them asks for. */
export function ScreeningView({ exam, editable }: { exam: PerioExam; editable: boolean }) {
  const { t } = useTranslation('periodontal');
  const client = useQueryClient();
  const { queryKey } = examQuery(exam.patient_id, exam.id);
  const write = useAction<PerioExamItem, { sextant: Sextant; code: string | null }>(
    ({ sextant, code }, act) => api.put(`/perio-exams/${exam.id}/sextants/${sextant}`, { code }, act),
    {
      onSuccess: (answer) => {
        client.setQueryData<PerioExam>(queryKey, (known) => known && { ...known, ...answer });
      },
    },
  );
  return (
    <div className={css.stack}>
      <div className={css.sides} dir="ltr" aria-hidden="true">
        <span dir="auto">{t('side.right')}</span>
        <span dir="auto">{t('side.left')}</span>
      </div>
      {/* Sextants keep their places in every language, as in the mouth. */}
      <div className={css.sextants} dir="ltr">
        {SEXTANTS.map((sextant) => {
          const code = exam.sextants[sextant] ?? null;
          const band = code?.replace('*', '') ?? null;
          const furcation = code?.endsWith('*') ?? false;
          const put = (nextBand: string | null, star: boolean) =>
            write.mutate({ sextant, code: nextBand && nextBand + (star && nextBand !== 'X' ? '*' : '') });
          return (
            <div key={sextant} className={css.sextant} data-sextant={sextant} dir="auto">
              {editable ? (
                <>
                  <Select
                    label={t(`sextant.${sextant}`)}
                    data={CODES.map((value) => ({ value, label: t(`code.${value}`) }))}
                    value={band}
                    onChange={(value) => put(value, furcation)}
                    clearable
                  />
                  <Checkbox
                    label={t('screening.furcation')}
                    checked={furcation}
                    disabled={band === null || band === 'X'}
                    onChange={(event) => put(band, event.currentTarget.checked)}
                  />
                </>
              ) : (
                <>
                  <span className={css.fieldLabel}>{t(`sextant.${sextant}`)}</span>
                  <strong className={css.code}>{code ?? '–'}</strong>
                  {band && <span className={css.hint}>{t(`code.${band as (typeof CODES)[number]}`)}</span>}
                </>
              )}
            </div>
          );
        })}
      </div>
      <FormFailure message={write.error ? errorMessage(write.error) : null} />
      {exam.advice && (
        <p className={css.told} role="status">
          {t(`advice.${exam.advice}`)}
        </p>
      )}
    </div>
  );
}
