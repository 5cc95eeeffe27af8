import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NUMBERINGS, type Numbering } from '@/lib/anatomy/numbering';
import css from './charting.module.css';

interface ViewOptionsProps {
  view: 'picture' | 'list';
  setView: (view: 'picture' | 'list') => void;
  numbering: Numbering;
  onNumbering: (numbering: Numbering) => void;
}

/** How teeth are numbered, and whether the chart is a picture or a list. */
export function ViewOptions({ view, setView, numbering, onNumbering }: ViewOptionsProps) {
  const { t } = useTranslation('charting');
  return (
    <>
      <Select
        className={css.numbering}
        size="xs"
        aria-label={t('numbering.label')}
        data={NUMBERINGS.map((value) => ({ value, label: t(`numbering.${value}`) }))}
        value={numbering}
        onChange={(value) => onNumbering((value as Numbering | null) ?? 'fdi')}
        allowDeselect={false}
      />
      <SegmentedControl
        size="xs"
        aria-label={t('view.label')}
        value={view}
        onChange={(value) => setView(value as 'picture' | 'list')}
        data={(['picture', 'list'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
      />
    </>
  );
}
