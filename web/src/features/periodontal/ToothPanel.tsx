import { SegmentedControl, Select } from '@mantine/core';
import { memo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PerioPresence, PerioTooth } from '@/api/types';
import { PERMANENT_TEETH, type ToothCode } from '@/lib/teeth';
import { hasReadings, type ToothChange } from './model/changes';
import css from './periodontal.module.css';
import { DEGREES } from './usePerioWords';

const PRESENCES: readonly PerioPresence[] = ['tooth', 'implant', 'missing'];
const NOT_READ = '';

interface ToothPanelProps {
  code: ToothCode;
  tooth: PerioTooth;
  onTooth: (code: ToothCode) => void;
  onChange: (code: ToothCode, change: ToothChange) => void;
}

/** What is said of a tooth as a whole. */
export const ToothPanel = memo(function ToothPanel({ code, tooth, onTooth, onChange }: ToothPanelProps) {
  const { t } = useTranslation('periodontal');
  const read = hasReadings(tooth);
  const furcationRead = Object.values(tooth.furcation).some((degree) => degree != null);
  const degrees = [
    { value: NOT_READ, label: '–' },
    ...DEGREES.map((label, value) => ({ value: `${value}`, label })),
  ];
  const degreeOf = (value: string) => (value === NOT_READ ? null : Number(value));
  return (
    <div className={`${css.tooth} no-print`}>
      <Select
        size="xs"
        label={t('tooth.label')}
        className={css.toothSelect}
        data={PERMANENT_TEETH}
        value={code}
        onChange={(value) => value && onTooth(value)}
        allowDeselect={false}
      />
      <Field label={t('tooth.presence')} hint={read ? t('tooth.presenceHint') : undefined}>
        <SegmentedControl
          size="xs"
          aria-label={t('tooth.presence')}
          value={tooth.presence}
          onChange={(value) => onChange(code, { presence: value as PerioPresence })}
          data={PRESENCES.map((value) => ({
            value,
            label: t(`presence.${value}`),
            disabled: (value === 'missing' && read) || (value === 'implant' && furcationRead),
          }))}
        />
      </Field>
      {tooth.presence !== 'missing' && (
        <Field label={t('tooth.mobility')}>
          <SegmentedControl
            size="xs"
            aria-label={t('tooth.mobility')}
            value={tooth.mobility == null ? NOT_READ : `${tooth.mobility}`}
            onChange={(value) => onChange(code, { mobility: degreeOf(value) })}
            data={degrees}
          />
        </Field>
      )}
      {tooth.presence === 'tooth' &&
        Object.entries(tooth.furcation).map(([entrance, degree]) => {
          const label = t('tooth.furcation', {
            entrance: t(`entrance.${entrance as 'B' | 'L' | 'M' | 'D'}`),
          });
          return (
            <Field key={entrance} label={label}>
              <SegmentedControl
                size="xs"
                aria-label={label}
                value={degree == null ? NOT_READ : `${degree}`}
                onChange={(value) => onChange(code, { furcation: { [entrance]: degreeOf(value) } })}
                data={degrees}
              />
            </Field>
          );
        })}
    </div>
  );
});

function Field(props: { label: string; hint?: string | undefined; children: ReactNode }) {
  return (
    <div className={css.field}>
      <span className={css.fieldLabel} aria-hidden="true">
        {props.label}
      </span>
      {props.children}
      {props.hint && <span className={css.hint}>{props.hint}</span>}
    </div>
  );
}
