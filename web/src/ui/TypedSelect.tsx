import { type ComboboxItem, Select, type SelectProps } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { bestMatches } from '@/lib/bestMatches';

export interface TypedOption extends ComboboxItem {
  value: string;
  label: string;
}

interface TypedSelectProps
  extends Omit<SelectProps, 'data' | 'value' | 'filter' | 'searchable' | 'allowDeselect' | 'onChange'> {
  data: readonly TypedOption[];
  value: string | null;
  onChange(value: string | null): void;
  /** The options that a typed text may mean, the likeliest first; else those whose label has it. */
  match?: (typed: string) => readonly TypedOption[];
  /** The value that the list begins at when nothing is chosen. */
  openAt?: string | undefined;
}

/** A select that takes what was typed: with Enter, with Tab and on leaving, the likeliest of what the list shows. */
export function TypedSelect({ data, onChange, match, openAt, ...select }: TypedSelectProps) {
  const input = useRef<HTMLInputElement>(null);
  const typed = useRef<string | null>(null);
  const matches = match ?? ((text: string) => bestMatches(data, text, ({ label }) => [label]));
  const choose = (value: string | null) => {
    typed.current = null;
    onChange(value);
  };
  /** False when nothing was typed. */
  const take = (): boolean => {
    if (!typed.current?.trim()) return false;
    const [best] = matches(typed.current);
    if (best) choose(best.value);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') typed.current = null;
    if (event.key === 'Tab' && typed.current !== null) {
      const marked = listOf(event.currentTarget)?.querySelector<HTMLElement>('[data-combobox-selected]');
      if (marked) marked.click();
      else take();
    }
    // The option that the arrows are on is the list's own affair.
    if (event.key === 'Enter' && !listOf(event.currentTarget)?.querySelector('[data-combobox-selected]')) {
      if (take()) event.preventDefault();
    }
  };
  const showFrom = () => {
    if (select.value !== null || openAt === undefined) return;
    const index = data.findIndex(({ value }) => value === openAt);
    setTimeout(() => {
      const option =
        input.current && listOf(input.current)?.querySelectorAll<HTMLElement>('[role=option]')[index];
      const scroller = option?.closest<HTMLElement>('.mantine-ScrollArea-viewport');
      if (option && scroller) {
        scroller.scrollTop += option.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      }
    });
  };
  return (
    <Select
      {...select}
      ref={input}
      data={[...data]}
      searchable
      allowDeselect={false}
      filter={({ search }) => (search.trim() ? [...matches(search)] : [...data])}
      onChange={choose}
      onInput={(event) => {
        typed.current = event.currentTarget.value;
      }}
      onKeyDown={onKeyDown}
      onBlur={take}
      onDropdownOpen={showFrom}
    />
  );
}

const listOf = (input: HTMLInputElement) =>
  document.getElementById(input.getAttribute('aria-controls') ?? '');
