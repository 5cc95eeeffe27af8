import { useFormat } from '@/lib/format-context';
import classes from './patients.module.css';

/** The first letter of the name; decoration, the name stands beside it. */
export function PatientAvatar(props: {
  person: { name_ar: string | null; name_en: string | null };
  large?: boolean;
}) {
  const { name } = useFormat();
  const [letter = ''] = [...name(props.person)];
  return (
    <span className={classes.avatar} data-large={props.large || undefined} aria-hidden>
      {letter.toUpperCase()}
    </span>
  );
}
