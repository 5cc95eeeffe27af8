import { useTranslation } from 'react-i18next';
import { useFormat } from '@/lib/format-context';
import classes from './setup.module.css';
import { minutesOf, STEP, toggled } from './typeForm';

interface PatternEditorProps {
  /** One for each 5 minutes: D is the doctor, A the assistant. */
  letters: string;
  onChange: (letters: string) => void;
}

/** Who is needed when: each step of 5 minutes is a button that goes from the doctor to the assistant and back. */
export function PatternEditor({ letters, onChange }: PatternEditorProps) {
  const { t } = useTranslation('scheduling');
  const { number } = useFormat();
  const { doctor, assistant } = minutesOf(letters);
  return (
    <fieldset className={classes.pattern}>
      <legend>{t('types.pattern')}</legend>
      <p className={classes.hint}>{t('types.patternHint')}</p>
      <div className={classes.steps}>
        {[...letters].map((letter, n) => {
          const range = { from: number(n * STEP), to: number((n + 1) * STEP) };
          const who = letter === 'D' ? t('types.doctor') : t('types.assistant');
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other name than its place
              key={n}
              type="button"
              className={classes.step}
              data-letter={letter}
              aria-label={`${t('types.step', range)}: ${who}`}
              onClick={() => onChange(toggled(letters, n))}
            >
              {letter === 'D' ? t('types.doctorLetter') : t('types.assistantLetter')}
            </button>
          );
        })}
      </div>
      <p className={classes.hint} aria-live="polite">
        {t('types.patternSum', { doctor: number(doctor), assistant: number(assistant) })}
      </p>
    </fieldset>
  );
}
