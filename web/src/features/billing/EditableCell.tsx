import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorMessage, fieldErrors } from '@/api/errors';
import classes from './billing.module.css';

interface EditableCellProps {
  label: string;
  value: string;
  /** What the API takes, or null when what was typed is not one. */
  parse: (typed: string) => string | null;
  /** What to say when `parse` refuses. */
  wrong: string;
  onCommit: (value: string) => Promise<void>;
  onRevert: () => void;
  /** Why it cannot be changed; it is disabled and says so. */
  disabledReason?: string | undefined;
  inputMode: 'numeric' | 'decimal';
  size: 'short' | 'long';
}

/** A number in a table: Enter or leaving the field sends it, Escape takes it back, a refusal keeps what was typed. */
export function EditableCell(props: EditableCellProps) {
  const { t } = useTranslation('billing');
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [sending, setSending] = useState(false);

  const revert = () => {
    setTyped(null);
    setError(null);
    props.onRevert();
  };
  const commit = async () => {
    if (typed === null || sending) return;
    const value = props.parse(typed);
    if (value === null) {
      setError(props.wrong);
      return;
    }
    if (value === props.value) {
      revert();
      return;
    }
    setSending(true);
    try {
      await props.onCommit(value);
      setTyped(null);
      setError(null);
    } catch (failure) {
      setError(Object.values(fieldErrors(failure))[0] ?? errorMessage(failure));
    } finally {
      setSending(false);
    }
  };
  return (
    <TextInput
      aria-label={props.label}
      value={typed ?? props.value}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        setError(null);
      }}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={() => void commit()}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') revert();
      }}
      error={error}
      disabled={props.disabledReason !== undefined}
      title={props.disabledReason ?? (error ? t('draft.escape') : undefined)}
      inputMode={props.inputMode}
      autoComplete="off"
      dir="ltr"
      size="sm"
      className={`${classes.cell} ${classes[props.size]}`}
      data-busy={sending || undefined}
    />
  );
}
