import { path } from '@/lib/anatomy/pathText';
import css from '../odontogram.module.css';

/** A speech bubble by the number of a tooth that something was written about; pointing at it shows the text. */
export function NoteMark({ notes, x, y }: { notes: readonly string[]; x: number; y: number }) {
  if (notes.length === 0) return null;
  return (
    <g className={css.noteMark} data-note="true" transform={path`translate(${x} ${y}) scale(0.8)`}>
      <title>{notes.join('\n')}</title>
      <path d="M-1.1 -0.9H1.1Q1.4 -0.9 1.4 -0.6V0.5Q1.4 0.8 1.1 0.8H0L-0.8 1.6V0.8H-1.1Q-1.4 0.8 -1.4 0.5V-0.6Q-1.4 -0.9 -1.1 -0.9Z" />
      <path d="M-0.8 -0.3H0.8M-0.8 0.25H0.3" className={css.noteLines} />
    </g>
  );
}
