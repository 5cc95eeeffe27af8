import { Button } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './openings.module.css';

export function FindTimeButton({ onClick }: { onClick(): void }) {
  const { t } = useTranslation('scheduling');
  return (
    <Button
      className={classes.find ?? ''}
      variant="default"
      leftSection={<IconCalendarSearch size={18} />}
      title={t('openings.button')}
      onClick={onClick}
    >
      <span className={classes.findWords}>{t('openings.button')}</span>
    </Button>
  );
}
