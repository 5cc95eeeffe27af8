//! What currencies are called on paper, and how an amount stands beside its currency.

use serde::Serialize;

use crate::Digits;
use crate::numbers::format_minor;
use crate::text::{Words, clean};

/// Code, Arabic name, Arabic sign and English name of the currencies clinics are likely to charge in.
/// Any other currency is printed by its code.
const CURRENCIES: [(&str, &str, &str, &str); 20] = [
    ("AED", "الدرهم الإماراتي", "د.إ", "UAE dirham"),
    ("BHD", "الدينار البحريني", "د.ب", "Bahraini dinar"),
    ("DZD", "الدينار الجزائري", "د.ج", "Algerian dinar"),
    ("EGP", "الجنيه المصري", "ج.م", "Egyptian pound"),
    ("EUR", "اليورو", "يورو", "euro"),
    ("GBP", "الجنيه الإسترليني", "ج.إ", "pound sterling"),
    ("IQD", "الدينار العراقي", "د.ع", "Iraqi dinar"),
    ("JOD", "الدينار الأردني", "د.أ", "Jordanian dinar"),
    ("KWD", "الدينار الكويتي", "د.ك", "Kuwaiti dinar"),
    ("LBP", "الليرة اللبنانية", "ل.ل", "Lebanese pound"),
    ("LYD", "الدينار الليبي", "د.ل", "Libyan dinar"),
    ("MAD", "الدرهم المغربي", "د.م", "Moroccan dirham"),
    ("OMR", "الريال العماني", "ر.ع", "Omani rial"),
    ("QAR", "الريال القطري", "ر.ق", "Qatari riyal"),
    ("SAR", "الريال السعودي", "ر.س", "Saudi riyal"),
    ("SDG", "الجنيه السوداني", "ج.س", "Sudanese pound"),
    ("SYP", "الليرة السورية", "ل.س", "Syrian pound"),
    ("TND", "الدينار التونسي", "د.ت", "Tunisian dinar"),
    ("USD", "الدولار الأمريكي", "دولار", "US dollar"),
    ("YER", "الريال اليمني", "ر.ي", "Yemeni rial"),
];

/// The currency as the template reads it.
#[derive(Debug, Serialize)]
pub(crate) struct CurrencyWords {
    code: String,
    name: Option<Words>,
    sign_ar: Option<&'static str>,
}

pub(crate) fn currency_words(code: &str) -> CurrencyWords {
    let known = CURRENCIES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(code));
    CurrencyWords {
        code: clean(code),
        name: known.map(|&(_, ar, _, en)| Words { ar: ar.to_owned(), en: en.to_owned() }),
        sign_ar: known.map(|&(_, _, sign, _)| sign),
    }
}

/// How the amounts of one document are written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AmountFormat {
    pub exponent: u8,
    pub digits: Digits,
}

impl AmountFormat {
    pub fn write(self, minor: i64) -> String {
        format_minor(minor, self.exponent, self.digits)
    }

    /// An amount that takes away, with a minus sign; nothing is written for zero.
    pub fn write_deduction(self, minor: i64) -> Option<String> {
        (minor != 0).then(|| self.write(minor.saturating_neg()))
    }
}
