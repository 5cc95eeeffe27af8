import { Menu } from '@mantine/core';
import { IconCalendarOff, IconCalendarPlus, IconUserPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PanelProps } from '@/ui/LatePanel';

export interface NewMenuProps {
  books: boolean;
  registers: boolean;
}

export default function NewMenu({ panel, target, books, registers }: NewMenuProps & PanelProps) {
  const { t } = useTranslation();
  return (
    <Menu {...panel} position="bottom-end">
      <Menu.Target>{target}</Menu.Target>
      <Menu.Dropdown>
        {books && (
          <Menu.Item
            renderRoot={(props) => <Link to="/" search={{ new: true }} {...props} />}
            leftSection={<IconCalendarPlus size={17} />}
          >
            {t('top.newAppointment')}
          </Menu.Item>
        )}
        {books && (
          <Menu.Item
            renderRoot={(props) => <Link to="/" search={{ block: true }} {...props} />}
            leftSection={<IconCalendarOff size={17} />}
          >
            {t('top.newBlock')}
          </Menu.Item>
        )}
        {registers && (
          <Menu.Item
            renderRoot={(props) => <Link to="/patients" search={{ new: true }} {...props} />}
            leftSection={<IconUserPlus size={17} />}
          >
            {t('top.newPatient')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
