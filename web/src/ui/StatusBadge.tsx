import {
  IconArmchair2,
  IconArrowRight,
  IconBan,
  IconCheck,
  IconChecks,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconDoorExit,
  IconLock,
  IconPencil,
  IconPresentation,
  IconProgressCheck,
  IconSignature,
  IconUser,
  IconX,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './StatusBadge.module.css';

type Glyph = ComponentType<{ size?: number | string; stroke?: number | string; className?: string }>;

/** Tone decides colour and fill; each status has its own glyph too, because colour is never alone. */
const STATUSES = {
  scheduled: ['scheduled', IconClock],
  confirmed: ['confirmed', IconCheck],
  arrived: ['arrived', IconUser],
  in_chair: ['inchair', IconArmchair2],
  completed: ['done', IconChecks],
  checked_out: ['done', IconDoorExit],
  no_show: ['noshow', IconX],
  cancelled: ['cancelled', IconBan],
  rescheduled: ['cancelled', IconArrowRight],
  draft: ['scheduled', IconPencil],
  signed: ['good', IconSignature],
  closed: ['good', IconLock],
  entered_in_error: ['cancelled', IconBan],
  issued: ['confirmed', IconCircleDashed],
  part_paid: ['arrived', IconCircleDashed],
  paid: ['good', IconCircleCheck],
  active: ['good', IconCircleCheck],
  inactive: ['done', IconCircleDashed],
  archived: ['done', IconCircleDashed],
  resolved: ['done', IconChecks],
  invited: ['scheduled', IconClock],
  proposed: ['scheduled', IconCircleDashed],
  presented: ['confirmed', IconPresentation],
  accepted: ['good', IconSignature],
  partly_accepted: ['arrived', IconSignature],
  in_progress: ['inchair', IconProgressCheck],
  declined: ['noshow', IconX],
  withdrawn: ['cancelled', IconBan],
} as const satisfies Record<string, readonly [string, Glyph]>;

export type Status = keyof typeof STATUSES;

export function StatusBadge({ status }: { status: Status }) {
  const { t } = useTranslation();
  const [tone, Glyph] = STATUSES[status];
  return (
    <span className={classes.badge} data-tone={tone}>
      <Glyph
        size={13}
        stroke={2}
        {...(status === 'rescheduled' || status === 'checked_out' ? { className: 'mirror' } : {})}
      />
      {t(`status.${status}`)}
    </span>
  );
}
