import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { SIGNS } from './model/changes';
import css from './periodontal.module.css';
import { SignMark } from './SignMarks';

/** What the lines, shapes and colours of the picture mean. */
export const Legend = memo(function Legend({ threshold }: { threshold: number }) {
  const { t } = useTranslation('periodontal');
  return (
    <ul className={css.legend} aria-label={t('legend.title')}>
      <li>
        <span className={css.lineMark} data-line="margin" />
        {t('legend.margin')}
      </li>
      <li>
        <span className={css.lineMark} data-line="pocket" />
        {t('legend.pocket')}
      </li>
      <li>
        <span className={css.deepMark} aria-hidden="true">
          {threshold}
        </span>
        {t('legend.deep', { mm: threshold })}
      </li>
      {SIGNS.map((sign) => (
        <li key={sign}>
          <SignMark sign={sign} />
          {t(`sign.${sign}`)}
        </li>
      ))}
    </ul>
  );
});
