import { Button, SegmentedControl, Select } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import { useConfirm } from '@/ui/confirm';
import { KeyHint } from '@/ui/KeyHint';
import type { Mode } from './model/entry';
import { PATHS, type PathName } from './model/entryPath';
import css from './periodontal.module.css';

const MODES: readonly Mode[] = ['depth', 'margin'];
const DEFAULTS = { depth: 2, margin: 0 } as const;

interface EntryBarProps {
  mode: Mode;
  onMode: (mode: Mode) => void;
  /** Sites that the mode has no value for. */
  left: number;
  onFill: (value: number) => void;
  pathName: PathName;
  onPathName: (path: PathName) => void;
}

/** How digits are read, along which path, and what fills the rest. */
export const EntryBar = memo(function EntryBar(props: EntryBarProps) {
  const { mode, onMode, left, onFill, pathName, onPathName } = props;
  const { t } = useTranslation('periodontal');
  const { number } = useFormat();
  const confirm = useConfirm();
  const fill = async () => {
    const value = DEFAULTS[mode];
    const yes = await confirm({
      title: t('fill.title'),
      body: t(`fill.body_${mode}`, { mm: number(value), count: left }),
      confirmLabel: t('fill.confirm'),
    });
    if (yes) onFill(value);
  };
  return (
    <div className={`${css.toolbar} no-print`}>
      <SegmentedControl
        size="xs"
        aria-label={t('mode.label')}
        value={mode}
        onChange={(value) => onMode(value as Mode)}
        data={MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
      />
      <Select
        size="xs"
        className={css.path}
        aria-label={t('path.label')}
        data={PATHS.map((value) => ({ value, label: t(`path.${value}`) }))}
        value={pathName}
        onChange={(value) => onPathName((value as PathName | null) ?? 'arches')}
        allowDeselect={false}
      />
      <Button size="xs" variant="default" disabled={left === 0} onClick={() => void fill()}>
        {t('fill.button', { count: left })}
      </Button>
    </div>
  );
});

/** The keys, for those who do not know them yet. */
export const KeyHelp = memo(function KeyHelp() {
  const { t } = useTranslation('periodontal');
  const keys = [
    [['0–9'], 'digits'],
    [['+'], 'ten'],
    [['−'], 'minus'],
    [['B'], 'bleeding'],
    [['S'], 'suppuration'],
    [['P'], 'plaque'],
    [['C'], 'calculus'],
    [['M'], 'mode'],
    [['⌫'], 'back'],
    [['← → ↑ ↓'], 'move'],
    [['Enter'], 'nextTooth'],
  ] as const;
  return (
    <ul className={`${css.keys} no-print`} aria-label={t('keys.label')}>
      {keys.map(([shown, name]) => (
        <li key={name}>
          <KeyHint keys={shown} /> {t(`keys.${name}`)}
        </li>
      ))}
    </ul>
  );
});
