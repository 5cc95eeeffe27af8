import i18next, { type BackendModule, type ResourceKey } from 'i18next';
import { useTranslation } from 'react-i18next';
import { initReactI18next } from 'react-i18next/initReactI18next';
import { directionOf, type Locale, preferredLocale, storedLocale, storeLocale } from '@/lib/locale';

const files = import.meta.glob<{ default: ResourceKey }>('./{en,ar}/*.json');

/** Each language and namespace is its own small file, fetched when a page first asks for it. */
const lazyFiles: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, done) {
    const load = files[`./${language}/${namespace}.json`];
    if (!load) {
      done(new Error(`no words for ${language}/${namespace}`), false);
      return;
    }
    load().then(
      (file) => done(null, file.default),
      (error) => done(error, false),
    );
  },
};

export async function startI18n(): Promise<void> {
  const locale = storedLocale() ?? preferredLocale(navigator.languages);
  i18next.on('languageChanged', applyToDocument);
  await i18next
    .use(lazyFiles)
    .use(initReactI18next)
    .init({
      lng: locale,
      fallbackLng: false,
      supportedLngs: ['en', 'ar'],
      ns: ['common', 'errors'],
      defaultNS: 'common',
      interpolation: { escapeValue: false },
      react: { useSuspense: true },
    });
}

function applyToDocument(language: string) {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language as Locale);
}

export const currentLocale = (): Locale => (i18next.language === 'ar' ? 'ar' : 'en');

/** Changes the language of this browser at once; the account's choice is saved by whoever offers the switch. */
export async function changeLocale(locale: Locale): Promise<void> {
  storeLocale(locale);
  if (i18next.language !== locale) await i18next.changeLanguage(locale);
}

const CHOSEN = 'dentpro.locale-chosen';

/** A deliberate choice before signing in: it goes to the account with the next sign-in. */
export async function chooseLocale(locale: Locale): Promise<void> {
  sessionStorage.setItem(CHOSEN, locale);
  await changeLocale(locale);
}

export function takeChosenLocale(): Locale | null {
  const chosen = sessionStorage.getItem(CHOSEN);
  sessionStorage.removeItem(CHOSEN);
  return chosen === 'en' || chosen === 'ar' ? chosen : null;
}

export function useLocale(): Locale {
  const { i18n } = useTranslation();
  return i18n.language === 'ar' ? 'ar' : 'en';
}
