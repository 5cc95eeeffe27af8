import { createContext, type ReactNode, useContext, useMemo } from 'react';
import {
  type DateStyle,
  type FormatSettings,
  formatAge,
  formatDate,
  formatDateRange,
  formatDateTime,
  formatHijri,
  formatMinutes,
  formatMoney,
  formatNumber,
  formatPhone,
  formatRelative,
  formatTime,
  localDateOf,
  type Money,
} from './format';
import { localName } from './locale';

export interface ClinicWeek {
  /** 0 is Sunday. */
  start: 0 | 1 | 6;
  weekend: number[];
}

const SUNDAY_WEEK: ClinicWeek = { start: 0, weekend: [5, 6] };

interface ClinicFormat extends FormatSettings {
  week: ClinicWeek;
  /** ISO 3166 alpha-2; empty where no clinic is known. */
  country: string;
}

const FormatContext = createContext<ClinicFormat>({
  locale: 'en',
  digits: 'latin',
  timeZone: 'UTC',
  week: SUNDAY_WEEK,
  country: '',
});

interface FormatProviderProps extends FormatSettings {
  week?: ClinicWeek;
  country?: string;
  children: ReactNode;
}

export function FormatProvider(props: FormatProviderProps) {
  const { locale, digits, timeZone, week = SUNDAY_WEEK, country = '' } = props;
  const settings = useMemo(
    () => ({ locale, digits, timeZone, week, country }),
    [locale, digits, timeZone, week, country],
  );
  return <FormatContext.Provider value={settings}>{props.children}</FormatContext.Provider>;
}

/** Formatters bound to the reader's language and to the clinic's digits and time zone. */
export function useFormat() {
  const settings = useContext(FormatContext);
  return useMemo(
    () => ({
      settings,
      locale: settings.locale,
      timeZone: settings.timeZone,
      week: settings.week,
      /** The name in the reader's language, or the other one when it is missing. */
      name: (thing: { name_ar?: string | null; name_en?: string | null } | null | undefined) =>
        localName(thing, settings.locale),
      /** One of two texts, for other pairs of fields such as `description_ar` and `description_en`. */
      pick: (ar: string | null | undefined, en: string | null | undefined) =>
        localName({ name_ar: ar, name_en: en }, settings.locale),
      date: (value: string, style: DateStyle = 'medium') => formatDate(value, style, settings),
      dateRange: (from: string, to: string) => formatDateRange(from, to, settings),
      hijri: (value: string) => formatHijri(value, settings),
      /** A day as the head of a column: its weekday, and its date below. */
      dayOfWeek: (date: string) => ({
        title: formatDate(date, 'weekday', settings),
        subtitle: formatDate(date, 'dayMonth', settings),
      }),
      time: (value: string) => formatTime(value, settings),
      dateTime: (value: string) => formatDateTime(value, settings),
      relative: (value: string, now = new Date()) => formatRelative(value, now, settings),
      money: (value: Money) => formatMoney(value, settings),
      number: (value: number | string, options?: Intl.NumberFormatOptions) =>
        formatNumber(value, settings, options),
      phone: (number: string) => formatPhone(number, settings.country),
      minutes: (value: number) => formatMinutes(value, settings),
      age: (birthDate: string) => formatAge(birthDate, localDateOf(new Date(), settings.timeZone), settings),
      /** Today's date (YYYY-MM-DD) on the clinic's calendar. */
      today: () => localDateOf(new Date(), settings.timeZone),
    }),
    [settings],
  );
}
