import { Menu } from '@mantine/core';
import { IconFileText } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment, AppointmentStatus } from '@/api/types';
import { StatusGlyph } from './book/StatusGlyph';
import type { ElementBox } from './book/types';
import classes from './daybook.module.css';
import { statusSteps } from './statusSteps';

const CLOSING_EVENTS = ['mousedown', 'touchstart'];

interface StatusMenuProps {
  appointment: Appointment;
  anchor: ElementBox;
  onPick(status: AppointmentStatus): void;
  onOpen(): void;
  onClose(): void;
}

/** The status menu beside a card: next steps first. */
export function StatusMenu({ appointment, anchor, onPick, onOpen, onClose }: StatusMenuProps) {
  const { t } = useTranslation('scheduling');
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      width={240}
      // Not keydown: the key that opened the menu is still on its way up.
      clickOutsideEvents={CLOSING_EVENTS}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button
          type="button"
          tabIndex={-1}
          aria-label={t('statusMenu.title')}
          className={classes.anchor}
          style={{ left: anchor.x, top: anchor.y, width: anchor.width, height: anchor.height }}
        />
      </Menu.Target>
      <Menu.Dropdown>
        <StatusMenuItems appointment={appointment} onPick={onPick} />
        <Menu.Divider />
        <Menu.Item leftSection={<IconFileText size={16} />} onClick={onOpen}>
          {t('statusMenu.open')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

interface StatusMenuItemsProps {
  appointment: Appointment;
  /** Where the next steps are buttons beside the menu. */
  withoutNext?: boolean;
  onPick(status: AppointmentStatus): void;
}

/** The steps on offer, for any menu; in the drawer they hang below its button. */
export function StatusMenuItems({ appointment, withoutNext = false, onPick }: StatusMenuItemsProps) {
  const { t } = useTranslation(['scheduling', 'common']);
  const { next, ending, back } = statusSteps(appointment.status);
  const groups = [
    [t('statusMenu.next'), withoutNext ? [] : next],
    [t('statusMenu.ending'), ending],
    [t('statusMenu.back'), back],
  ] as const;
  if (groups.every(([, statuses]) => statuses.length === 0)) {
    return <Menu.Label>{t('statusMenu.nothing')}</Menu.Label>;
  }
  return groups.map(
    ([title, statuses]) =>
      statuses.length > 0 && (
        <Fragment key={title}>
          <Menu.Label>{title}</Menu.Label>
          {statuses.map((status) => {
            const chairMissing = status === 'in_chair' && !appointment.chair_id;
            return (
              <Menu.Item
                key={status}
                disabled={chairMissing}
                leftSection={
                  <span className={classes.menuGlyph} data-status={status}>
                    <StatusGlyph status={status} size={16} />
                  </span>
                }
                onClick={() => onPick(status)}
              >
                {t(`common:status.${status}`)}
                {chairMissing && <small className={classes.because}>{t('statusMenu.chairFirst')}</small>}
              </Menu.Item>
            );
          })}
        </Fragment>
      ),
  );
}
