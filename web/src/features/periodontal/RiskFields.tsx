import { NumberInput, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '@/api/action';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { PerioExam } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { FormFailure } from '@/ui/form';
import css from './periodontal.module.css';
import { examChanged } from './queries';

type Risk = PerioExam['risk'];

const SMOKING = ['none', 'under_ten', 'ten_or_more'] as const;
const DIABETES = ['none', 'controlled', 'uncontrolled'] as const;

/** What the probe does not tell: the suggested stage and grade take it into account. */
export function RiskFields({ exam }: { exam: PerioExam }) {
  const { t } = useTranslation('periodontal');
  const client = useQueryClient();
  const may = useCan()('periodontal.write');
  const [typed, setTyped] = useState<Partial<Risk>>({});
  const save = useAction<PerioExam, Partial<Risk>>(
    (risk, act) => api.patch(`/perio-exams/${exam.id}`, risk, { ...act, version: exam.version }),
    {
      onSuccess: async (answer) => {
        setTyped({});
        await examChanged(client, answer);
      },
      // Somebody else changed it: what stands now is shown beside what was typed.
      onError: () => client.invalidateQueries({ queryKey: ['perio', exam.patient_id] }),
    },
  );
  const shown = { ...exam.risk, ...typed };
  const leave = () => {
    if (Object.keys(typed).length > 0) save.mutate(typed);
  };
  const numberField = (name: 'bone_loss_percent' | 'teeth_lost', max: number) => (
    <NumberInput
      label={t(`risk.${name}`)}
      min={0}
      max={max}
      allowDecimal={false}
      clampBehavior="strict"
      hideControls
      disabled={!may}
      value={shown[name] ?? ''}
      onChange={(value) => setTyped({ ...typed, [name]: value === '' ? null : Number(value) })}
      onBlur={leave}
    />
  );
  return (
    <section aria-label={t('risk.title')}>
      <h3 className={css.heading}>{t('risk.title')}</h3>
      <div className={css.fields}>
        {numberField('bone_loss_percent', 100)}
        {numberField('teeth_lost', 32)}
        <Select
          label={t('risk.smoking')}
          data={SMOKING.map((value) => ({ value, label: t(`smoking.${value}`) }))}
          value={shown.smoking ?? null}
          clearable
          disabled={!may}
          onChange={(value) => save.mutate({ ...typed, smoking: value as Risk['smoking'] })}
        />
        <Select
          label={t('risk.diabetes')}
          data={DIABETES.map((value) => ({ value, label: t(`diabetes.${value}`) }))}
          value={shown.diabetes ?? null}
          clearable
          disabled={!may}
          onChange={(value) => save.mutate({ ...typed, diabetes: value as Risk['diabetes'] })}
        />
      </div>
      <FormFailure message={save.error ? errorMessage(save.error) : null} />
    </section>
  );
}
