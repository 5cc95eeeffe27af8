//! The words of a message: the clinic's or those that ship with the product, filled in for an appointment.

use std::collections::HashMap;
use std::sync::LazyLock;

use dentpro_core::phone::Phone;
use dentpro_core::reminders::{Channel, Field, Purpose, Template, TemplateError, Values};
use dentpro_print::{Digits, digits_of, write_date};
use serde::Deserialize;

use super::store::facts::Facts;

/// The language a patient is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    Arabic,
    English,
}

impl Language {
    /// By its code; what is not Arabic is English.
    pub fn of(code: &str) -> Self {
        if code == "ar" { Self::Arabic } else { Self::English }
    }

    /// `ar` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Arabic => "ar",
            Self::English => "en",
        }
    }

    /// Of two texts the one in this language, or the other where it is empty.
    pub fn pick<'a>(self, ar: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Arabic if !ar.is_empty() => ar,
            Self::English if en.is_empty() => ar,
            _ => en,
        }
    }
}

/// A text in both languages; the subject is a mail's.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Words {
    #[serde(default)]
    pub subject_ar: String,
    #[serde(default)]
    pub subject_en: String,
    pub text_ar: String,
    pub text_en: String,
}

type Shipped = HashMap<String, HashMap<String, Words>>;

static SHIPPED: LazyLock<Shipped> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/message_templates.json"))
        .expect("the texts that ship with the product are valid JSON")
});

/// The words that ship with the product.
pub fn shipped(purpose: Purpose, channel: Channel) -> Words {
    let kind = if channel == Channel::Mail { "mail" } else { "short" };
    SHIPPED.get(purpose.as_str()).and_then(|kinds| kinds.get(kind)).cloned().unwrap_or_default()
}

/// Subject and text in a language.
pub fn write(words: &Words, language: Language, values: &Values) -> Result<(String, String), TemplateError> {
    let (subject, text) = match language {
        Language::Arabic => (&words.subject_ar, &words.text_ar),
        Language::English => (&words.subject_en, &words.text_en),
    };
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok((one_line(Template::parse(subject)?.fill(values)), Template::parse(text)?.fill(values)))
}

/// Whether a text of the language leads to the link.
pub fn names_link(words: &Words, language: Language) -> bool {
    let text = if language == Language::Arabic { &words.text_ar } else { &words.text_en };
    Template::parse(text).is_ok_and(|template| template.names(Field::Link))
}

const WEEKDAYS: [(&str, &str); 7] = [
    ("الأحد", "Sunday"),
    ("الاثنين", "Monday"),
    ("الثلاثاء", "Tuesday"),
    ("الأربعاء", "Wednesday"),
    ("الخميس", "Thursday"),
    ("الجمعة", "Friday"),
    ("السبت", "Saturday"),
];

/// What an appointment puts into a text.
pub fn values(facts: &Facts, language: Language, link: Option<&str>) -> Values {
    let local = facts.zone.to_datetime(facts.starts_at);
    let arabic = language == Language::Arabic;
    let digits = if arabic && facts.arabic_digits { Digits::ArabicIndic } else { Digits::Latin };
    let day = write_date(local.date(), digits);
    let (weekday_ar, weekday_en) =
        WEEKDAYS[usize::from(local.date().weekday().to_sunday_zero_offset().unsigned_abs()) % 7];
    let (date, hijri) = match language {
        Language::Arabic => (format!("{weekday_ar} {}", day.gregorian.ar), day.hijri.ar),
        Language::English => (format!("{weekday_en} {}", day.gregorian.en), day.hijri.en),
    };
    let hour = match local.hour() % 12 {
        0 => 12,
        hour => hour,
    };
    let half = match (arabic, local.hour() < 12) {
        (true, true) => "ص",
        (true, false) => "م",
        (false, true) => "AM",
        (false, false) => "PM",
    };
    let time = digits_of(&format!("{hour}:{:02} {half}", local.minute()), digits);
    let pick = |ar: &str, en: &str| language.pick(ar, en).to_owned();
    Values::from([
        (Field::Patient, pick(&facts.patient_ar, &facts.patient_en)),
        (Field::Clinic, pick(&facts.clinic_ar, &facts.clinic_en)),
        (Field::Doctor, pick(&facts.doctor_ar, &facts.doctor_en)),
        (Field::Branch, pick(&facts.branch_ar, &facts.branch_en)),
        (Field::Date, date),
        (Field::Hijri, hijri),
        (Field::Time, time),
        (Field::Phone, phone(&facts.phone, arabic)),
        (Field::Link, link.unwrap_or_default().to_owned()),
    ])
}

/// The clinic's phone as it is dialled; between Arabic words it keeps its direction.
fn phone(number: &str, arabic: bool) -> String {
    let shown = Phone::from_e164(number).map_or_else(|_| number.to_owned(), |phone| phone.national());
    if arabic && !shown.is_empty() { format!("\u{2066}{shown}\u{2069}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_that_ships_can_be_filled_in_both_languages() {
        for purpose in Purpose::ALL {
            for channel in Channel::ALL {
                let words = shipped(*purpose, *channel);
                for language in [Language::Arabic, Language::English] {
                    let (subject, text) = write(&words, language, &Values::new()).unwrap();
                    assert!(!text.trim().is_empty(), "{purpose} {channel}");
                    assert_eq!(subject.is_empty(), *channel != Channel::Mail);
                    assert_eq!(names_link(&words, language), *purpose != Purpose::Missed);
                }
            }
        }
    }
}
