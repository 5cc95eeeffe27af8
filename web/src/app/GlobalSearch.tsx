import { Loader, Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import {
  IconCalendarPlus,
  IconCornerDownLeft,
  IconReceipt2,
  IconSearch,
  IconUser,
  IconUserPlus,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ComponentType, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '@/api/client';
import { errorMessage } from '@/api/errors';
import type { List, SearchHit } from '@/api/types';
import { useCan } from '@/lib/permissions';
import { typedEarly } from '@/lib/typedEarly';
import { KeyHint } from '@/ui/KeyHint';
import classes from './GlobalSearch.module.css';
import { NAV_ITEMS } from './nav-items';

interface Choice {
  id: string;
  title: string;
  subtitle?: string | null;
  url: string;
  icon: ComponentType<{ size?: number; stroke?: number }>;
}

const HIT_ICONS = { patient: IconUser, invoice: IconReceipt2 } as const;

/** Ctrl+K: patients, files and invoices from the server, and what one can do or open. */
export default function GlobalSearch({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [query] = useDebouncedValue(typed.trim(), 150);
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const id = useId();

  const searches = query.length >= 2;
  const hits = useQuery({
    queryKey: ['search', query],
    queryFn: ({ signal }) => api.get<List<SearchHit>>('/search', { query: { q: query }, signal }),
    enabled: searches,
    placeholderData: (previous) => previous,
  });
  const found: Choice[] = (searches ? (hits.data?.items ?? []) : []).map((hit) => ({
    ...hit,
    id: `${hit.kind}:${hit.id}`,
    icon: HIT_ICONS[hit.kind],
  }));
  const actions = useActions(typed);
  const choices = [...found, ...actions];
  const current = Math.min(active, Math.max(0, choices.length - 1));

  useEffect(() => {
    list.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const go = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    void navigate({ href: choice.url });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((current + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      go(choices[current]);
    }
  };

  const section = (title: string, from: number, some: Choice[]) =>
    some.length > 0 && (
      // biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed inside a listbox
      <div role="group" aria-label={title}>
        <div className={classes.section} aria-hidden>
          {title}
        </div>
        {some.map((choice, offset) => (
          <Option
            key={choice.id}
            choice={choice}
            id={`${id}-${from + offset}`}
            index={from + offset}
            selected={from + offset === current}
            onPoint={setActive}
            onChoose={go}
          />
        ))}
      </div>
    );

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      yOffset="10vh"
      size={580}
      padding={0}
      // On the dialog itself: plain props land on the element around it.
      attributes={{ content: { 'aria-label': t('search.title') } }}
    >
      <div className={classes.field}>
        {hits.isFetching ? <Loader size={18} aria-hidden /> : <IconSearch size={18} aria-hidden />}
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={choices.length > 0 ? `${id}-${current}` : undefined}
          aria-label={t('search.placeholder')}
          placeholder={t('search.placeholder')}
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onFocus={() => {
            const early = typedEarly.take();
            if (early) setTyped((before) => before + early);
          }}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <KeyHint keys={['Esc']} />
      </div>
      <div
        className={classes.list}
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={t('search.results')}
      >
        {section(t('search.results'), 0, found)}
        {section(t('search.actions'), found.length, actions)}
      </div>
      <div aria-live="polite">
        {searches && hits.error && (
          <p className={classes.failed} role="alert">
            {errorMessage(hits.error)}
          </p>
        )}
        {searches && hits.isSuccess && found.length === 0 && (
          <p className={classes.note}>{t('search.none', { query })}</p>
        )}
        {!searches && <p className={classes.note}>{t('search.hint')}</p>}
      </div>
      <div className={classes.keys} aria-hidden>
        <KeyHint keys={['↑', '↓']} /> {t('search.move')}
        <KeyHint keys={['Enter']} /> {t('search.open')}
        <KeyHint keys={['Esc']} /> {t('search.close')}
      </div>
    </Modal>
  );
}

interface OptionProps {
  choice: Choice;
  id: string;
  index: number;
  selected: boolean;
  onPoint: (index: number) => void;
  onChoose: (choice: Choice) => void;
}

function Option({ choice, id, index, selected, onPoint, onChoose }: OptionProps) {
  const { icon: Icon } = choice;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the input keeps the focus and handles the keys of the list
    <div
      id={id}
      className={classes.option}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      data-index={index}
      onPointerMove={() => onPoint(index)}
      onClick={() => onChoose(choice)}
    >
      <Icon size={18} stroke={1.7} />
      <span className={classes.words}>
        <bdi>{choice.title}</bdi>
        {choice.subtitle && <small dir="auto">{choice.subtitle}</small>}
      </span>
      {selected && <IconCornerDownLeft size={15} className="mirror" />}
    </div>
  );
}

function useActions(typed: string): Choice[] {
  const { t } = useTranslation();
  const can = useCan();
  const all: (Choice | false)[] = [
    can('scheduling.write') && {
      id: 'new-appointment',
      title: t('top.newAppointment'),
      subtitle: null,
      url: '/?new=true',
      icon: IconCalendarPlus,
    },
    can('patients.write') && {
      id: 'new-patient',
      title: t('top.newPatient'),
      subtitle: null,
      url: '/patients?new=true',
      icon: IconUserPlus,
    },
    ...NAV_ITEMS.filter((item) => can(item.permission)).map((item) => ({
      id: `nav:${item.to}`,
      title: t(item.label),
      subtitle: null,
      url: item.to,
      icon: item.icon,
    })),
  ];
  const wanted = typed.trim().toLowerCase();
  return all
    .filter((choice) => choice !== false)
    .filter((choice) => choice.title.toLowerCase().includes(wanted));
}
