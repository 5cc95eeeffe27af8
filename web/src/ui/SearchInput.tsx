import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface SearchInputProps {
  value: string;
  /** Called once typing pauses, and at once when cleared. */
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  delayMs?: number;
  autoFocus?: boolean;
}

export function SearchInput({
  value,
  onChange,
  label,
  placeholder,
  delayMs = 200,
  autoFocus = false,
}: SearchInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(value);

  useEffect(() => {
    // Follow the address (back button, a link), but never overwrite what is being typed.
    if (value !== sent.current) {
      sent.current = value;
      setTyped(value);
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (next: string) => {
    setTyped(next);
    clearTimeout(timer.current);
    const send = () => {
      sent.current = next;
      onChange(next);
    };
    if (next === '') send();
    else timer.current = setTimeout(send, delayMs);
  };

  return (
    <TextInput
      type="search"
      value={typed}
      onChange={(event) => change(event.currentTarget.value)}
      aria-label={label}
      placeholder={placeholder ?? label}
      leftSection={<IconSearch size={16} />}
      rightSection={
        typed ? <CloseButton size="sm" aria-label={t('action.clear')} onClick={() => change('')} /> : null
      }
      data-autofocus={autoFocus || undefined}
      style={{ flex: '1 1 240px', maxInlineSize: 420 }}
    />
  );
}
