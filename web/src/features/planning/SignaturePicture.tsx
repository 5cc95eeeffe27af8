import { useTranslation } from 'react-i18next';
import css from './planning.module.css';
import { type Strokes, strokePath } from './strokes';

/** A signature as it was drawn. */
export function SignaturePicture({ strokes, label }: { strokes: Strokes; label: string }) {
  const { t } = useTranslation('planning');
  return (
    <svg
      viewBox="0 0 1000 300"
      className={css.signature}
      role="img"
      aria-label={t('sign.of', { name: label })}
    >
      <path d={strokePath(strokes)} />
    </svg>
  );
}
