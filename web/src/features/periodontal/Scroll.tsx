import type { ReactNode } from 'react';
import css from './periodontal.module.css';

/** A table that is wider than a phone: it scrolls by itself, by keyboard too. */
export function Scroll(props: { label: string; dir?: 'ltr'; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reached by the keyboard
    <section className={css.scroll} aria-label={props.label} dir={props.dir} tabIndex={0}>
      {props.children}
    </section>
  );
}
