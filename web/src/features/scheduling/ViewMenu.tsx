import { Menu } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PanelProps } from '@/ui/LatePanel';
import type { DayBookToolbarProps } from './DayBookToolbar';
import classes from './daybook.module.css';

type ViewMenuProps = PanelProps &
  Pick<DayBookToolbarProps, 'view' | 'onView' | 'showCancelled' | 'onShowCancelled'>;

/** What is left out of the line on a phone, and what is seldom changed. */
export default function ViewMenu(props: ViewMenuProps) {
  const { view, onView, showCancelled, onShowCancelled } = props;
  const { t } = useTranslation('scheduling');
  const tick = (on: boolean) => (on ? <IconCheck size={16} /> : <span className={classes.noTick} />);
  return (
    <Menu {...props.panel} closeOnItemClick={false}>
      <Menu.Target>{props.target}</Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('toolbar.columnsBy')}</Menu.Label>
        <Menu.Item leftSection={tick(view === 'chair')} onClick={() => onView('chair')}>
          {t('toolbar.byChair')}
        </Menu.Item>
        <Menu.Item leftSection={tick(view === 'doctor')} onClick={() => onView('doctor')}>
          {t('toolbar.byDoctor')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={tick(showCancelled)} onClick={() => onShowCancelled(!showCancelled)}>
          {t('toolbar.showCancelled')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
