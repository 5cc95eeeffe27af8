import { Button, SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import { useConfirm } from '@/ui/confirm';
import { KeyHint } from '@/ui/KeyHint';
import type { Mode } from './model/entry';
import { PATHS, type PathName } from './model/entryPath';
import css from './periodontal.module.css';
import type { PerioEntry } from './usePerioEntry';

const MODES: readonly Mode[] = ['depth', 'margin'];
const DEFAULTS = { depth: 2, margin: 0 } as const;

interface EntryBarProps {
  entry: PerioEntry;
  pathName: PathName;
  onPathName: (path: PathName) => void;
}

/** How digits are read, along which path, and what fills the rest. */
export function EntryBar({ entry, pathName, onPathName }: EntryBarProps) {
  const { t } = useTranslation('periodontal');
  const { number } = useFormat();
  const confirm = useConfirm();
  const { mode } = entry.entry;
  const left = entry.unmeasured.length;
  const fill = async () => {
    const value = DEFAULTS[mode];
    const yes = await confirm({
      title: t('fill.title'),
      body: t(`fill.body_${mode}`, { mm: number(value), count: left }),
      confirmLabel: t('fill.confirm'),
    });
    if (yes) entry.fill(value);
  };
  return (
    <div className={`${css.toolbar} no-print`}>
      <SegmentedControl
        size="xs"
        aria-label={t('mode.label')}
        value={mode}
        onChange={(value) => entry.setMode(value as Mode)}
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
}

/** The keys, for those who do not know them yet. */
export function KeyHelp() {
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
}
