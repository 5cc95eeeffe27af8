import { ActionIcon, NativeSelect } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BookColumnData } from '../book/types';
import classes from '../phone.module.css';

interface ColumnPickerProps {
  columns: readonly BookColumnData[];
  columnId: string;
  onColumn(id: string): void;
}

/** On a phone the book shows one column at a time. */
export function ColumnPicker({ columns, columnId, onColumn }: ColumnPickerProps) {
  const { t } = useTranslation('scheduling');
  const index = columns.findIndex(({ id }) => id === columnId);
  const step = (by: number) => {
    const target = columns[index + by];
    if (target) onColumn(target.id);
  };
  return (
    <div className={classes.picker}>
      <ActionIcon
        variant="default"
        aria-label={t('toolbar.previousColumn')}
        onClick={() => step(-1)}
        disabled={index <= 0}
      >
        <IconChevronLeft size={18} className="mirror" />
      </ActionIcon>
      <NativeSelect
        className={classes.pickerSelect}
        aria-label={t('toolbar.column')}
        data={columns.map(({ id, title, subtitle }) => ({
          value: id,
          label: subtitle ? `${title} · ${subtitle}` : title,
        }))}
        value={columnId}
        onChange={(event) => onColumn(event.currentTarget.value)}
      />
      <ActionIcon
        variant="default"
        aria-label={t('toolbar.nextColumn')}
        onClick={() => step(1)}
        disabled={index >= columns.length - 1}
      >
        <IconChevronRight size={18} className="mirror" />
      </ActionIcon>
    </div>
  );
}
