import { Popover } from '@mantine/core';
import { DayCalendar } from '@/ui/dates';
import type { PanelProps } from '@/ui/LatePanel';

interface DayPopoverProps extends PanelProps {
  date: string;
  onDate(date: string): void;
}

/** The month below the day's name, to go to another day. */
export default function DayPopover({ panel, target, date, onDate }: DayPopoverProps) {
  return (
    <Popover {...panel} trapFocus returnFocus>
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown>
        <DayCalendar
          value={date}
          onChange={(picked) => {
            panel.onChange(false);
            onDate(picked);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
