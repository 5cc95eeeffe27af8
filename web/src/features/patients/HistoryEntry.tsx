import { ActionIcon, Menu } from '@mantine/core';
import { IconCircleCheck, IconDots, IconEraser, IconPencil, IconRestore } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryStatus, HistoryKind } from '@/api/types';
import { useFormat } from '@/lib/format-context';
import { StatusBadge } from '@/ui/StatusBadge';
import { Code, DateTimeText } from '@/ui/texts';
import type { HistoryLine } from './historyLines';
import classes from './patients.module.css';

/** To change what it says, or where it stands. */
export type EntryAct = 'edit' | EntryStatus;

interface HistoryEntryProps {
  line: HistoryLine;
  /** What it is about, in the reader's language where that is known. */
  title: string;
  kind: HistoryKind;
  /** Absent where nothing may be changed any more, or not by the reader. */
  onAct?: (act: EntryAct) => void;
}

export function HistoryEntry({ line, title, kind, onAct }: HistoryEntryProps) {
  const { t } = useTranslation(['patients', 'common']);
  const { name } = useFormat();
  const { status } = line;
  return (
    <li className={classes.entry} data-status={status}>
      <div>
        <div className={classes.entryTitle}>
          <bdi className={classes.strong}>{title}</bdi>
          {line.code && (
            <span className={classes.quiet}>
              <Code>{line.code}</Code>
            </span>
          )}
          {line.severity && (
            <span className={classes.severity} data-severity={line.severity}>
              {t(`history.severity.${line.severity}`)}
            </span>
          )}
          {status !== 'active' && <StatusBadge status={status} />}
        </div>
        {(line.details || line.since) && (
          <div className={classes.entryDetails}>
            {line.details && <bdi>{line.details}</bdi>}
            {line.since && (
              <span>
                {t('history.since')} <bdi>{line.since}</bdi>
              </span>
            )}
          </div>
        )}
        {line.reason && (
          <div className={classes.entryDetails}>
            {t('history.reason')}: <bdi>{line.reason}</bdi>
          </div>
        )}
        <div className={classes.who}>
          <bdi>{name(line.recorded_by)}</bdi> · <DateTimeText value={line.recorded_at} />
        </div>
      </div>
      {onAct && status !== 'entered_in_error' && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('history.actionsFor', { name: title })}>
              <IconDots size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onAct('edit')}>
              {t('common:action.edit')}
            </Menu.Item>
            {status === 'active' ? (
              <Menu.Item leftSection={<IconCircleCheck size={16} />} onClick={() => onAct('resolved')}>
                {t(`history.${kind}.resolve`)}
              </Menu.Item>
            ) : (
              <Menu.Item leftSection={<IconRestore size={16} />} onClick={() => onAct('active')}>
                {t(`history.${kind}.reopen`)}
              </Menu.Item>
            )}
            <Menu.Item leftSection={<IconEraser size={16} />} onClick={() => onAct('entered_in_error')}>
              {t('history.enteredInError')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
