import { useTranslation } from 'react-i18next';
import { useLocale } from '@/i18n/i18n';
import { directionOf, LOCALES } from '@/lib/locale';
import classes from './screen.module.css';

interface BothProps {
  ar: string;
  en: string;
  className?: string | undefined;
}

/** The same in both languages, the browser's own first; once where it is the same, such as a number. */
export function Both({ ar, en, className }: BothProps) {
  const locale = useLocale();
  const words = { ar: ar.trim() || en, en: en.trim() || ar };
  const order = words.ar === words.en ? [locale] : [locale, ...LOCALES.filter((one) => one !== locale)];
  return (
    <span className={[classes.both, className].filter(Boolean).join(' ')}>
      {order.map((one) => (
        <span key={one} lang={one} dir={directionOf(one)}>
          {words[one]}
        </span>
      ))}
    </span>
  );
}

/** The words of the screen, in each language. */
export function useBothWords() {
  const { t: ar } = useTranslation('reception', { lng: 'ar' });
  const { t: en } = useTranslation('reception', { lng: 'en' });
  return { ar, en };
}
