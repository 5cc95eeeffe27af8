import css from './charting.module.css';

/** What was written beside an entry; it reads in the direction of its own letters. */
export function Note({ text }: { text: string }) {
  return (
    <q className={css.note} dir="auto">
      {text}
    </q>
  );
}
