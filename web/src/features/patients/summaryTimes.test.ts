import { expect, test } from 'vitest';
import { formatTime } from '@/lib/format';
import { withTimes } from './summaryTimes';

const time = (locale: 'ar' | 'en') => (local: string) =>
  formatTime(local, { locale, digits: 'latin', timeZone: 'Africa/Cairo' });

test('times in a sentence are told as everywhere on the page', () => {
  expect(withTimes('حجز موعد 25 نوفمبر 2026 الساعة 03:00', time('ar'))).toBe(
    'حجز موعد 25 نوفمبر 2026 الساعة 3:00 ص',
  );
  expect(withTimes('نقل الموعد من 09:15 إلى 15:30', time('ar'))).toBe('نقل الموعد من 9:15 ص إلى 3:30 م');
  expect(withTimes('Appointment on 25 November 2026, 15:30 booked', time('en'))).toBe(
    'Appointment on 25 November 2026, 15:30 booked',
  );
});

test('other numbers stay', () => {
  expect(withTimes('Ratio 1:02:03, file 000012, 99:99', time('ar'))).toBe(
    'Ratio 1:02:03, file 000012, 99:99',
  );
});
