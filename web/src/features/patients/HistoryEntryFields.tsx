import { SegmentedControl, TextInput } from '@mantine/core';
import type { GetInputPropsReturnType } from '@mantine/form';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryKind } from '@/api/types';
import { FormGrid } from '@/ui/form';
import { SEVERITIES } from './historyEntry';
import classes from './patients.module.css';

interface HistoryEntryFieldsProps {
  kind: HistoryKind;
  field: (name: 'severity' | 'details' | 'since') => GetInputPropsReturnType;
}

/** What an entry says besides its name: how severe, the reaction or the dose, since when. */
export function HistoryEntryFields({ kind, field }: HistoryEntryFieldsProps) {
  const { t } = useTranslation('patients');
  const labelId = useId();
  const allergy = kind === 'allergies';
  return (
    <>
      {allergy && (
        <div>
          <div className={classes.label} id={labelId}>
            {t('history.severityLabel')}
          </div>
          <SegmentedControl
            {...field('severity')}
            aria-labelledby={labelId}
            fullWidth
            data={SEVERITIES.map((value) => ({ value, label: t(`history.severity.${value}`) }))}
          />
        </div>
      )}
      <FormGrid columns={kind === 'medications' ? 2 : 1}>
        {kind !== 'conditions' && (
          <TextInput
            {...field('details')}
            label={t(allergy ? 'history.reaction' : 'history.dose')}
            placeholder={t(allergy ? 'history.reactionExample' : 'history.doseExample')}
            autoComplete="off"
          />
        )}
        {!allergy && (
          <TextInput
            {...field('since')}
            label={t('history.since')}
            placeholder={t('history.sinceExample')}
            autoComplete="off"
          />
        )}
      </FormGrid>
    </>
  );
}
