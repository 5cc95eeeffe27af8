import { TextInput } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '@/ui/KeyHint';

interface QuickEntryLineProps {
  value: string;
  onChange: (value: string) => void;
  onApply: () => void;
  onLeave: () => void;
  error: string | null;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** One line for a whole entry: `16 mod caries`, Enter. */
export function QuickEntryLine({ value, onChange, onApply, onLeave, error, inputRef }: QuickEntryLineProps) {
  const { t } = useTranslation('charting');
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      onApply();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      onChange('');
      onLeave();
    }
  };
  return (
    <TextInput
      id={id}
      ref={inputRef}
      label={t('entry.quick')}
      description={t('entry.quickHint', { example: t('entry.quickShort') })}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      error={error}
      autoComplete="off"
      spellCheck={false}
      rightSection={<KeyHint keys={['Enter']} />}
      rightSectionWidth={58}
    />
  );
}
