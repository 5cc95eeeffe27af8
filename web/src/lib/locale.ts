export type Locale = 'en' | 'ar';
export type Digits = 'latin' | 'arabic';
export type Direction = 'ltr' | 'rtl';

export const LOCALES: readonly Locale[] = ['en', 'ar'];
export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', ar: 'العربية' };

export const directionOf = (locale: Locale): Direction => (locale === 'ar' ? 'rtl' : 'ltr');

/** The full tag for Intl: digits and calendar are always spelled out, never left to the engine. */
export function intlLocale(
  locale: Locale,
  digits: Digits,
  calendar: 'gregory' | 'islamic-umalqura' = 'gregory',
) {
  const numbering = locale === 'ar' && digits === 'arabic' ? 'arab' : 'latn';
  return `${locale === 'ar' ? 'ar-EG' : 'en-GB'}-u-ca-${calendar}-nu-${numbering}`;
}

const STORED_LOCALE = 'dentpro.locale';

export function storedLocale(): Locale | null {
  const value = localStorage.getItem(STORED_LOCALE);
  return value === 'en' || value === 'ar' ? value : null;
}

export function storeLocale(locale: Locale) {
  localStorage.setItem(STORED_LOCALE, locale);
}

/** The first visit follows the browser's languages, in their order. */
export function preferredLocale(browserLanguages: readonly string[]): Locale {
  for (const tag of browserLanguages) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'ar' || language === 'en') return language;
  }
  return 'en';
}

/** Picks the name in the reader's language and falls back to the other one. */
export function localName(
  thing: { name_ar?: string | null; name_en?: string | null } | null | undefined,
  locale: Locale,
): string {
  if (!thing) return '';
  const [first, second] = locale === 'ar' ? [thing.name_ar, thing.name_en] : [thing.name_en, thing.name_ar];
  return first?.trim() || second?.trim() || '';
}
