import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { toLatinDigits } from '@/lib/format';
import { bridgeOf } from './bridge';
import css from './planning.module.css';

interface BridgeFieldsProps {
  from: string;
  to: string;
  onFrom: (tooth: string) => void;
  onTo: (tooth: string) => void;
}

/** A bridge by the teeth at its ends; what it spans is told below. */
export function BridgeFields({ from, to, onFrom, onTo }: BridgeFieldsProps) {
  const { t } = useTranslation('planning');
  const unit = bridgeOf(from, to);
  const typed = (change: (tooth: string) => void) => (event: React.ChangeEvent<HTMLInputElement>) =>
    change(toLatinDigits(event.currentTarget.value).replace(/\D/g, ''));
  const common = { maxLength: 2, inputMode: 'numeric', autoComplete: 'off', required: true } as const;
  return (
    <div className={css.bridge}>
      <TextInput
        {...common}
        label={t('bridge.from')}
        value={from}
        onChange={typed(onFrom)}
        placeholder="14"
      />
      <TextInput {...common} label={t('bridge.to')} value={to} onChange={typed(onTo)} placeholder="16" />
      <p className={css.quiet} role="status">
        {unit ? t('bridge.spans', { teeth: unit.map(({ tooth }) => tooth).join('–') }) : t('bridge.hint')}
      </p>
    </div>
  );
}
