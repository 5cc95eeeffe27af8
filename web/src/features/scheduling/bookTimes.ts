import type { FormatSettings } from '@/lib/format';
import { intlLocale } from '@/lib/locale';
import type { BookTimes } from './book/types';

const MINUTE = 60_000;

/** Minutes of the day in the clinic's digits: 24 hours in English, 12 hours with ص and م in Arabic. */
export function bookTimes({ locale, digits }: Pick<FormatSettings, 'locale' | 'digits'>): BookTimes {
  const arabic = locale === 'ar';
  const clock = new Intl.DateTimeFormat(intlLocale(locale, digits), {
    hour: arabic ? 'numeric' : '2-digit',
    minute: '2-digit',
    hourCycle: arabic ? 'h12' : 'h23',
    timeZone: 'UTC',
  });
  const ranges = new Map<number, string>();
  return {
    time: (minutes) => clock.format(minutes * MINUTE),
    short: (minutes) =>
      clock
        .formatToParts(minutes * MINUTE)
        .filter((part) => part.type !== 'dayPeriod')
        .map((part) => part.value)
        .join('')
        .trim(),
    range: (start, end) => {
      const key = start * 10_000 + end;
      const known = ranges.get(key);
      if (known !== undefined) return known;
      const text = unbroken(clock.formatRange(start * MINUTE, end * MINUTE));
      ranges.set(key, text);
      return text;
    },
  };
}

/** A range is read as one: no line ends within it. */
function unbroken(text: string): string {
  return text.replace(/\s/g, '\u00a0').replace('–', '\u2060–\u2060');
}
