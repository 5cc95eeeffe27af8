//! Dates in both calendars: Gregorian, and Hijri by the Umm al-Qura calendar.

use dentpro_core::time::{MONTHS_AR, MONTHS_EN};
use icu_calendar::cal::Hijri;
use jiff::civil::Date;
use serde::Serialize;

use crate::Digits;
use crate::numbers::format_count;

const HIJRI_AR: [&str; 12] = [
    "محرم",
    "صفر",
    "ربيع الأول",
    "ربيع الآخر",
    "جمادى الأولى",
    "جمادى الآخرة",
    "رجب",
    "شعبان",
    "رمضان",
    "شوال",
    "ذو القعدة",
    "ذو الحجة",
];
const HIJRI_EN: [&str; 12] = [
    "Muharram",
    "Safar",
    "Rabi al-Awwal",
    "Rabi al-Akhir",
    "Jumada al-Ula",
    "Jumada al-Akhirah",
    "Rajab",
    "Shaban",
    "Ramadan",
    "Shawwal",
    "Dhu al-Qidah",
    "Dhu al-Hijjah",
];

/// One day, written out in both languages and both calendars.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct WrittenDate {
    pub gregorian: WrittenDay,
    pub hijri: WrittenDay,
}

/// A day in both languages.
#[derive(Debug, Serialize, PartialEq, Eq)]
pub struct WrittenDay {
    pub ar: String,
    pub en: String,
}

/// Writes a day out.
pub fn write_date(date: Date, digits: Digits) -> WrittenDate {
    let gregorian = written_day(
        (date.day().unsigned_abs(), date.month().unsigned_abs(), i32::from(date.year())),
        (&MONTHS_AR, &MONTHS_EN),
        ("", ""),
        digits,
    );
    let hijri = hijri_day(date).map_or_else(
        || WrittenDay { ar: String::new(), en: String::new() },
        |day| written_day(day, (&HIJRI_AR, &HIJRI_EN), (" هـ", " AH"), digits),
    );
    WrittenDate { gregorian, hijri }
}

/// Day, month and year in the Umm al-Qura calendar.
fn hijri_day(date: Date) -> Option<(u8, u8, i32)> {
    let gregorian = icu_calendar::Date::try_new_iso(
        i32::from(date.year()),
        date.month().unsigned_abs(),
        date.day().unsigned_abs(),
    )
    .ok()?;
    let hijri = gregorian.to_calendar(Hijri::new_umm_al_qura());
    Some((hijri.day_of_month().0, hijri.month().ordinal, hijri.year().extended_year()))
}

fn written_day(
    (day, month, year): (u8, u8, i32),
    (months_ar, months_en): (&[&str; 12], &[&str; 12]),
    (era_ar, era_en): (&str, &str),
    digits: Digits,
) -> WrittenDay {
    let month = usize::from(month).saturating_sub(1).min(11);
    let (day, year) = (u32::from(day), year.unsigned_abs());
    WrittenDay {
        ar: format!(
            "{} {} {}{era_ar}",
            format_count(day, digits),
            months_ar[month],
            format_count(year, digits)
        ),
        en: format!("{day} {} {year}{era_en}", months_en[month]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn known_days_of_the_umm_al_qura_calendar() {
        // The first of Muharram, of Ramadan and of Shawwal as published by the Kingdom's calendar.
        for (gregorian, hijri) in [
            (date(2024, 7, 7), "1 Muharram 1446 AH"),
            (date(2025, 3, 1), "1 Ramadan 1446 AH"),
            (date(2025, 3, 30), "1 Shawwal 1446 AH"),
            (date(2026, 2, 18), "1 Ramadan 1447 AH"),
        ] {
            assert_eq!(write_date(gregorian, Digits::Latin).hijri.en, hijri);
        }
    }

    #[test]
    fn arabic_dates_follow_the_clinics_digits_and_english_ones_stay_latin() {
        let written = write_date(date(2026, 2, 18), Digits::ArabicIndic);
        assert_eq!(written.gregorian.ar, "١٨ فبراير ٢٠٢٦");
        assert_eq!(written.gregorian.en, "18 February 2026");
        assert_eq!(written.hijri.ar, "١ رمضان ١٤٤٧ هـ");
    }
}
