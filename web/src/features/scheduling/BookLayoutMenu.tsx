import { Menu } from '@mantine/core';
import { IconCheck, IconKeyboard, IconPrinter, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PanelProps } from '@/ui/LatePanel';
import classes from './toolbar.module.css';
import { ZOOMS, type Zoom } from './useZoom';

interface BookLayoutMenuProps extends PanelProps {
  /** Null in the views that have no time axis. */
  zoom: Zoom | null;
  axis: 'chair' | 'doctor';
  /** Absent where the columns are days. */
  onAxis?: ((axis: 'chair' | 'doctor') => void) | undefined;
  onPrint(): void;
  onHelp(): void;
}

/** What is seldom changed: columns, zoom, paper, keys. */
export default function BookLayoutMenu(props: BookLayoutMenuProps) {
  const { zoom, axis, onAxis, onPrint, onHelp } = props;
  const { t } = useTranslation('scheduling');
  const tick = (on: boolean) => (on ? <IconCheck size={16} /> : <span className={classes.noTick} />);
  return (
    <Menu {...props.panel} position="bottom-end">
      <Menu.Target>{props.target}</Menu.Target>
      <Menu.Dropdown>
        {onAxis && (
          <>
            <Menu.Label>{t('toolbar.columnsBy')}</Menu.Label>
            <Menu.Item leftSection={tick(axis === 'chair')} onClick={() => onAxis('chair')}>
              {t('toolbar.byChair')}
            </Menu.Item>
            <Menu.Item leftSection={tick(axis === 'doctor')} onClick={() => onAxis('doctor')}>
              {t('toolbar.byDoctor')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {zoom && (
          <>
            <Menu.Item
              closeMenuOnClick={false}
              leftSection={<IconZoomIn size={16} />}
              disabled={zoom.step === ZOOMS.length - 1}
              onClick={zoom.zoomIn}
            >
              {t('toolbar.zoomIn')}
            </Menu.Item>
            <Menu.Item
              closeMenuOnClick={false}
              leftSection={<IconZoomOut size={16} />}
              disabled={zoom.step === 0}
              onClick={zoom.zoomOut}
            >
              {t('toolbar.zoomOut')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item leftSection={<IconPrinter size={16} />} onClick={onPrint}>
          {t('toolbar.print')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} />} onClick={onHelp}>
          {t('toolbar.shortcuts')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
