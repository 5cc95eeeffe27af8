//! When two records are probably one person. It only warns: a receptionist decides.

use jiff::civil::Date;

use crate::text::latin_key;
use crate::wire_enum::wire_enum;

wire_enum! {
    /// What speaks for one person.
    pub enum DuplicateReason {
        SameNationalId = "same_national_id",
        SamePhone = "same_phone",
        SimilarName = "similar_name",
        SameBirthDate = "same_birth_date",
    }
}

/// Below it two records are not worth a warning: a birthday in common, a first name in common.
pub const WORTH_A_WARNING: u8 = 40;

/// Percent of the words of two names that have to agree, for the names to count as similar.
const SIMILAR: u32 = 60;
/// Short of certain, which only the national id is.
const NEARLY_CERTAIN: u32 = 99;

/// What is known of a person. Phones are in E.164, the national id as `national_id::check` writes it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Person<'a> {
    pub name_ar: &'a str,
    pub name_en: &'a str,
    pub birth_date: Option<Date>,
    pub phones: &'a [String],
    pub national_id: Option<&'a str>,
}

/// How much speaks for the two being one, of 100, and what.
pub fn likeness(a: &Person<'_>, b: &Person<'_>) -> (u8, Vec<DuplicateReason>) {
    let mut reasons = Vec::new();
    let mut score = 0;
    let same_id = a.national_id.is_some() && a.national_id == b.national_id;
    if same_id {
        reasons.push(DuplicateReason::SameNationalId);
    }
    if a.phones.iter().any(|phone| b.phones.contains(phone)) {
        reasons.push(DuplicateReason::SamePhone);
        score += 45;
    }
    let alike = name_likeness(a, b);
    if alike >= SIMILAR {
        reasons.push(DuplicateReason::SimilarName);
        score += 45 * alike / 100;
    }
    if a.birth_date.is_some() && a.birth_date == b.birth_date {
        reasons.push(DuplicateReason::SameBirthDate);
        score += 30;
    }
    let score = if same_id { 100 } else { score.min(NEARLY_CERTAIN) };
    (u8::try_from(score).unwrap_or(100), reasons)
}

/// Percent of the words that the names share by their keys, in the two scripts that agree best.
fn name_likeness(a: &Person<'_>, b: &Person<'_>) -> u32 {
    let keys = |person: &Person<'_>| [latin_key(person.name_ar), latin_key(person.name_en)];
    let (ours, theirs) = (keys(a), keys(b));
    ours.iter().flat_map(|x| theirs.iter().map(move |y| shared_words(x, y))).max().unwrap_or(0)
}

fn shared_words(a: &str, b: &str) -> u32 {
    let count = |words: &[&str]| u32::try_from(words.len()).unwrap_or(u32::MAX / 400);
    let words: Vec<&str> = a.split_whitespace().collect();
    let mut left: Vec<&str> = b.split_whitespace().collect();
    let all = count(&words) + count(&left);
    let mut shared = 0;
    for word in words {
        if let Some(at) = left.iter().position(|other| *other == word) {
            left.swap_remove(at);
            shared += 1;
        }
    }
    (200_u32 * shared).checked_div(all).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::DuplicateReason::{SameBirthDate, SameNationalId, SamePhone, SimilarName};
    use super::*;

    fn named<'a>(name_ar: &'a str, name_en: &'a str) -> Person<'a> {
        Person { name_ar, name_en, ..Person::default() }
    }

    #[test]
    fn the_same_name_in_the_other_script_is_a_warning() {
        let (score, reasons) = likeness(&named("", "Mohamed Ahmed Ali"), &named("محمد أحمد علي", ""));
        assert!(score >= WORTH_A_WARNING);
        assert_eq!(reasons, [SimilarName]);
        let (score, reasons) = likeness(&named("محمد أحمد علي", ""), &named("محمود سمير فؤاد", ""));
        assert_eq!((score, reasons), (0, vec![]));
    }

    #[test]
    fn a_first_name_or_a_birthday_in_common_is_none() {
        assert!(likeness(&named("محمد", ""), &named("محمد أحمد علي", "")).0 < WORTH_A_WARNING);
        let born = |name| Person { birth_date: Some(date(1990, 4, 2)), ..named(name, "") };
        let (score, reasons) = likeness(&born("سارة سمير"), &born("علي حسن"));
        assert!(score < WORTH_A_WARNING);
        assert_eq!(reasons, [SameBirthDate]);
    }

    #[test]
    fn a_phone_in_common_warns_and_the_national_id_settles_it() {
        let phones = ["+201001234567".to_owned()];
        let one = Person { phones: &phones, national_id: Some("29104021234567"), ..named("منى", "") };
        let other = Person { phones: &phones, ..named("هدى", "") };
        assert_eq!(likeness(&one, &other), (45, vec![SamePhone]));
        let twin = Person { national_id: Some("29104021234567"), ..named("", "Anybody") };
        assert_eq!(likeness(&one, &twin), (100, vec![SameNationalId]));
        assert_eq!(likeness(&named("", ""), &named("", "")), (0, vec![]));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_who_was_there_first(
            a in "[ء-غف-ي ]{0,30}", b in "[ء-غف-ي ]{0,30}", c in "[A-Za-z ]{0,30}", d in "[A-Za-z ]{0,30}",
        ) {
            let (one, other) = (named(&a, &c), named(&b, &d));
            prop_assert_eq!(likeness(&one, &other), likeness(&other, &one));
            prop_assert!(likeness(&one, &other).0 < 100);
        }
    }
}
