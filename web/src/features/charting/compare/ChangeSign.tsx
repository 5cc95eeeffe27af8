import type { ChangeKind } from '../model/chartDiff';

/** A sign of its own for each kind of change, so that none is told by its colour alone. */
const SIGNS: Record<ChangeKind, string> = {
  appeared: 'M-0.75 0H0.75M0 -0.75V0.75',
  went: 'M-0.75 0H0.75',
  changed: 'M-0.8 -0.3H0.75L0.3 -0.75M0.8 0.3H-0.75L-0.3 0.75',
};

/** The disc with the sign, centred on 0 0 of the picture it stands in. */
export function ChangeDisc({ kind }: { kind: ChangeKind }) {
  return (
    <>
      <circle r="1.4" style={{ fill: `var(--change-${kind})`, stroke: 'var(--cell)' }} strokeWidth="0.25" />
      <path
        d={SIGNS[kind]}
        style={{ stroke: 'var(--cell)' }}
        strokeWidth="0.36"
        strokeLinecap="round"
        strokeLinejoin="round"
        fill="none"
      />
    </>
  );
}

export function ChangeSign({ kind }: { kind: ChangeKind }) {
  return (
    <svg viewBox="-1.6 -1.6 3.2 3.2" width="16" height="16" aria-hidden="true">
      <ChangeDisc kind={kind} />
    </svg>
  );
}
