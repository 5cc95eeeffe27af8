import { useTranslation } from 'react-i18next';
import classes from './appointment.module.css';
import { AlertGlyph } from './book/StatusGlyph';

/** Something medical to beware of. */
export function AlertMark() {
  const { t } = useTranslation('scheduling');
  return (
    <span role="img" aria-label={t('book.alert')} className={classes.alertMark}>
      <AlertGlyph size={14} />
    </span>
  );
}
