import type { PerioSite } from '@/api/types';
import css from './perio.module.css';

const SHAPES = {
  bleeding: <circle cx="4" cy="4" r="3.2" />,
  suppuration: <path d="M4 .4 7.6 4 4 7.6 .4 4Z" />,
  plaque: <rect x="1" y="1" width="6" height="6" />,
  calculus: <path d="M4 .8 7.6 7.2H.4Z" />,
} as const;

/** A sign's own shape besides its colour. */
export function SignMark({ sign }: { sign: keyof typeof SHAPES }) {
  return (
    <svg viewBox="0 0 8 8" className={css.mark} data-sign={sign} aria-hidden="true">
      {SHAPES[sign]}
    </svg>
  );
}

export function SignMarks({ site }: { site: PerioSite }) {
  return (
    <span className={css.signs}>
      {site.bleeding && <SignMark sign="bleeding" />}
      {site.suppuration && <SignMark sign="suppuration" />}
      {site.plaque && <SignMark sign="plaque" />}
      {site.calculus && <SignMark sign="calculus" />}
    </span>
  );
}
