import { Button } from '@mantine/core';
import { IconCalendarSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function FindTimeButton({ onClick }: { onClick(): void }) {
  const { t } = useTranslation('scheduling');
  return (
    <Button variant="default" leftSection={<IconCalendarSearch size={18} />} onClick={onClick}>
      {t('openings.button')}
    </Button>
  );
}
