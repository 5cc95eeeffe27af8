import { describe, expect, it } from 'vitest';
import { bookTimes } from './bookTimes';

/** Without the marks and spaces that only steer direction and line breaks. */
const plain = (text: string) =>
  text.replace(/[\u200e\u200f\u061c\u2060]/g, '').replace(/[\s\u2009\u202f]+/g, ' ');

describe('times in the book', () => {
  it('run over 24 hours in English', () => {
    const times = bookTimes({ locale: 'en', digits: 'latin' });
    expect(plain(times.time(13 * 60 + 5))).toBe('13:05');
    expect(plain(times.range(480, 525)).replace(' – ', '–')).toBe('08:00–08:45');
  });

  it('run over 12 hours with ص and م in Arabic, in the clinic’s digits', () => {
    const latin = bookTimes({ locale: 'ar', digits: 'latin' });
    expect(plain(latin.time(13 * 60))).toBe('1:00 م');
    expect(plain(latin.short(680))).toBe('11:20');
    const arabic = bookTimes({ locale: 'ar', digits: 'arabic' });
    expect(plain(arabic.short(680))).toBe('١١:٢٠');
  });
});
