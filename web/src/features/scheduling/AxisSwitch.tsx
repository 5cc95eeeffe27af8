import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconArmchair2, IconStethoscope } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './toolbar.module.css';

interface AxisSwitchProps {
  axis: 'chair' | 'doctor';
  onAxis(axis: 'chair' | 'doctor'): void;
}

/** Whether the columns of the day are its chairs or its doctors. */
export function AxisSwitch({ axis, onAxis }: AxisSwitchProps) {
  const { t } = useTranslation('scheduling');
  const choice = (value: 'chair' | 'doctor', words: string, icon: ReactNode) => ({
    value,
    label: (
      <span className={classes.axisChoice} title={words}>
        {icon}
        <VisuallyHidden>{words}</VisuallyHidden>
      </span>
    ),
  });
  return (
    <SegmentedControl
      className={classes.axis}
      aria-label={t('toolbar.columnsBy')}
      value={axis}
      onChange={(next) => onAxis(next as 'chair' | 'doctor')}
      data={[
        choice('chair', t('toolbar.byChair'), <IconArmchair2 size={18} aria-hidden />),
        choice('doctor', t('toolbar.byDoctor'), <IconStethoscope size={18} aria-hidden />),
      ]}
    />
  );
}
