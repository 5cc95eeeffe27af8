import type { ReactNode } from 'react';
import type { AppointmentStatus } from '@/api/types';

/** Colours collapse for colour-blind people, so each status has a shape of its own. */
const shapes: Record<AppointmentStatus, ReactNode> = {
  scheduled: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  confirmed: <path d="m3 8.6 3.3 3.2L13 4.6" />,
  arrived: (
    <>
      <circle cx="8" cy="5.1" r="2.6" />
      <path d="M2.9 13.6c.5-3 2.5-4.5 5.1-4.5s4.6 1.5 5.1 4.5" />
    </>
  ),
  in_chair: <path d="M4.4 2.6v6.2h6.2l2.1 2.5M7.4 8.8v4.3M4.2 13.3h6.6" />,
  completed: <path d="m1.4 8.6 3 3 4.9-6M7.2 10.9l.8.7 6.2-6.3" />,
  checked_out: <path d="M6.8 2.6H3v10.8h3.8M6.6 8h6.8M10.6 5.2 13.4 8l-2.8 2.8" />,
  no_show: <path d="m4 4 8 8m0-8-8 8" />,
  cancelled: (
    <>
      <circle cx="8" cy="8" r="5.8" />
      <path d="m4 12 8-8" />
    </>
  ),
  rescheduled: <path d="M13.2 8a5.2 5.2 0 1 1-1.5-3.7M12.9 2v2.8h-2.8" />,
};

export function StatusGlyph({ status, size = 13 }: { status: AppointmentStatus; size?: number }) {
  return (
    <svg
      className={status === 'checked_out' ? 'status-glyph mirror' : 'status-glyph'}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {shapes[status]}
    </svg>
  );
}

export function AlertGlyph({ size = 13 }: { size?: number }) {
  return (
    <svg
      className="alert-glyph"
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="currentColor"
      fillRule="evenodd"
      aria-hidden="true"
    >
      <path d="M7.13 1.9a1 1 0 0 1 1.74 0l6 10.6a1 1 0 0 1-.87 1.5H2a1 1 0 0 1-.87-1.5ZM7.2 5.8v4h1.6v-4Zm0 5.1v1.6h1.6v-1.6Z" />
    </svg>
  );
}

interface FlagGlyphProps {
  name: string;
  path: string;
  size?: number;
}

function FlagGlyph({ name, path, size = 13 }: FlagGlyphProps) {
  return (
    <svg
      className={`flag-glyph ${name}`}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.7"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={path} />
    </svg>
  );
}

export const OverbookedGlyph = () => (
  <FlagGlyph name="overbooked-glyph" path="M2.4 2.4h7.8v7.8H2.4ZM5.8 13.6h7.8V5.8" />
);

/** Would come earlier. */
export const AsapGlyph = () => <FlagGlyph name="asap-glyph" path="M9.2 1.8 3.4 9.2h4L6.8 14.2l5.8-7.4h-4Z" />;

/** Came without an appointment. */
export const WalkInGlyph = () => (
  <FlagGlyph
    name="walk-in-glyph"
    path="M8.6 2.2v.01M5 7.4l1.6-2.2 2.6.6 1.2 2.2 2 .6M7.6 6 6.8 9.6l2.6 1.8.6 2.8M6.6 10.6 4.4 14"
  />
);

/** Cancelled too late for the slot to be filled. */
export const LateGlyph = () => (
  <FlagGlyph name="late-glyph" path="M8 4.6V8l2 1.4M13.6 8.4A5.7 5.7 0 1 0 8.4 13.6M11 11l3 3m0-3-3 3" />
);
