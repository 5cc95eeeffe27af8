//! National identity numbers, checked as far as their country makes the rule public. None is ever required.

use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::text::ascii_digits;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NationalIdError {
    #[error("this number has {expected} digits")]
    WrongLength { expected: usize },
    #[error("only digits are in this number")]
    NotDigits,
    #[error("no such number begins so")]
    WrongStart,
    #[error("the birth date in the number does not exist")]
    BadBirthDate,
    #[error("the number names no governorate")]
    UnknownGovernorate,
    #[error("the check digit is wrong: a digit is mistyped")]
    CheckDigit,
    #[error("4 to 30 Latin letters, digits, hyphens or slashes")]
    Malformed,
}

impl NationalIdError {
    /// Stable: clients and translations go by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongLength { .. } => "national_id.wrong_length",
            Self::NotDigits => "national_id.not_digits",
            Self::WrongStart => "national_id.wrong_start",
            Self::BadBirthDate => "national_id.bad_birth_date",
            Self::UnknownGovernorate => "national_id.unknown_governorate",
            Self::CheckDigit => "national_id.check_digit",
            Self::Malformed => "national_id.malformed",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NationalIdKind {
    EgyptNationalId,
    SaudiNationalId,
    SaudiIqama,
    EmiratesId,
    /// Of a country whose rule is not known here: only its characters are checked.
    Unchecked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisteredSex {
    Male,
    Female,
}

/// A number in the form that is stored, and what it says about its bearer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NationalId {
    /// ASCII, without spaces; digits alone where the country's rule is known.
    pub normalized: String,
    pub birth_date: Option<Date>,
    pub sex: Option<RegisteredSex>,
    pub kind: NationalIdKind,
}

/// Checks a number of `country` (ISO 3166). Spaces and hyphens, direction marks and Arabic digits are read. Whether
/// a birth date lies ahead is for the caller, who knows the day.
pub fn check(country: &str, typed: &str) -> Result<NationalId, NationalIdError> {
    let written: String = ascii_digits(typed)
        .chars()
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}')
        })
        .take(MAX_LENGTH + 1)
        .collect();
    match country {
        "EG" => egypt(&written),
        "SA" => saudi(&written),
        "AE" => emirates(&written),
        _ => unchecked(written),
    }
}

const MAX_LENGTH: usize = 30;

/// Century (2: 1900s, 3: 2000s), YYMMDD, governorate, serial number whose last digit is odd for men, check digit. How
/// the check digit is made is not published, so it is not checked.
fn egypt(written: &str) -> Result<NationalId, NationalIdError> {
    const GOVERNORATES: [u8; 28] = [
        1, 2, 3, 4, 11, 12, 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 31, 32, 33, 34,
        35, 88,
    ];
    let digits = digits(written, 14)?;
    let pair = |index: usize| digits[index] * 10 + digits[index + 1];
    let century = match digits[0] {
        2 => 1900,
        3 => 2000,
        _ => return Err(NationalIdError::WrongStart),
    };
    let birth_date = civil_date(century + i16::from(pair(1)), pair(3), pair(5))?;
    if !GOVERNORATES.contains(&pair(7)) {
        return Err(NationalIdError::UnknownGovernorate);
    }
    let sex = if digits[12] % 2 == 1 { RegisteredSex::Male } else { RegisteredSex::Female };
    Ok(NationalId {
        normalized: as_text(&digits),
        birth_date: Some(birth_date),
        sex: Some(sex),
        kind: NationalIdKind::EgyptNationalId,
    })
}

/// Ten digits by Luhn; 1 for a citizen, 2 for a resident.
fn saudi(written: &str) -> Result<NationalId, NationalIdError> {
    let digits = digits(written, 10)?;
    let kind = match digits[0] {
        1 => NationalIdKind::SaudiNationalId,
        2 => NationalIdKind::SaudiIqama,
        _ => return Err(NationalIdError::WrongStart),
    };
    luhn(&digits)?;
    Ok(NationalId { normalized: as_text(&digits), birth_date: None, sex: None, kind })
}

/// 784, the year of birth, seven digits, one by Luhn.
fn emirates(written: &str) -> Result<NationalId, NationalIdError> {
    let digits = digits(written, 15)?;
    if !digits.starts_with(&[7, 8, 4]) {
        return Err(NationalIdError::WrongStart);
    }
    luhn(&digits)?;
    Ok(NationalId {
        normalized: as_text(&digits),
        birth_date: None,
        sex: None,
        kind: NationalIdKind::EmiratesId,
    })
}

fn unchecked(written: String) -> Result<NationalId, NationalIdError> {
    let normalized = written.to_ascii_uppercase();
    let fits = (4..=MAX_LENGTH).contains(&normalized.len())
        && normalized.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'/'));
    if !fits {
        return Err(NationalIdError::Malformed);
    }
    Ok(NationalId { normalized, birth_date: None, sex: None, kind: NationalIdKind::Unchecked })
}

fn digits(written: &str, expected: usize) -> Result<Vec<u8>, NationalIdError> {
    let digits: Vec<u8> = written
        .chars()
        .filter(|&c| c != '-')
        .map(|c| c.to_digit(10).and_then(|digit| u8::try_from(digit).ok()).ok_or(NationalIdError::NotDigits))
        .collect::<Result<_, _>>()?;
    if digits.len() == expected { Ok(digits) } else { Err(NationalIdError::WrongLength { expected }) }
}

fn as_text(digits: &[u8]) -> String {
    digits.iter().map(|&digit| char::from(b'0' + digit)).collect()
}

fn civil_date(year: i16, month: u8, day: u8) -> Result<Date, NationalIdError> {
    let (month, day) = (i8::try_from(month), i8::try_from(day));
    let (Ok(month), Ok(day)) = (month, day) else { return Err(NationalIdError::BadBirthDate) };
    let first = if (1..=12).contains(&month) {
        date(year, month, 1)
    } else {
        return Err(NationalIdError::BadBirthDate);
    };
    if (1..=first.days_in_month()).contains(&day) {
        Ok(date(year, month, day))
    } else {
        Err(NationalIdError::BadBirthDate)
    }
}

fn luhn(digits: &[u8]) -> Result<(), NationalIdError> {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(index, &digit)| {
            let doubled = u32::from(digit) * if index % 2 == 1 { 2 } else { 1 };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    if sum.is_multiple_of(10) { Ok(()) } else { Err(NationalIdError::CheckDigit) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The body with the digit that makes it right.
    fn with_check_digit(body: &str) -> String {
        (0..10)
            .map(|digit| format!("{body}{digit}"))
            .find(|number| luhn(&digits(number, number.len()).unwrap()).is_ok())
            .unwrap()
    }

    #[test]
    fn an_egyptian_number_tells_birth_date_and_sex() {
        for (typed, born, sex) in [
            ("29104020112356", date(1991, 4, 2), RegisteredSex::Male),
            ("30002290212345", date(2000, 2, 29), RegisteredSex::Female),
            ("2 910402 01 1235 6", date(1991, 4, 2), RegisteredSex::Male),
            ("٢٩١٠٤٠٢٠١١٢٣٥٦", date(1991, 4, 2), RegisteredSex::Male),
            ("29104028812341", date(1991, 4, 2), RegisteredSex::Female),
            ("\u{200F}29104020112356\u{200E}", date(1991, 4, 2), RegisteredSex::Male),
        ] {
            let id = check("EG", typed).unwrap();
            assert_eq!((id.birth_date, id.sex), (Some(born), Some(sex)), "{typed}");
            assert_eq!(id.kind, NationalIdKind::EgyptNationalId);
            assert!(id.normalized.len() == 14 && id.normalized.bytes().all(|byte| byte.is_ascii_digit()));
        }
    }

    #[test]
    fn a_wrong_number_says_why() {
        let (fourteen, ten, fifteen) = (
            NationalIdError::WrongLength { expected: 14 },
            NationalIdError::WrongLength { expected: 10 },
            NationalIdError::WrongLength { expected: 15 },
        );
        for (country, typed, error) in [
            ("EG", "", fourteen),
            ("EG", "2910402011235", fourteen),
            ("EG", "291040201123567", fourteen),
            ("EG", "2910402011235a", NationalIdError::NotDigits),
            ("EG", "2910402011235\0", NationalIdError::NotDigits),
            ("EG", "19104020112356", NationalIdError::WrongStart),
            ("EG", "49104020112356", NationalIdError::WrongStart),
            ("EG", "29113020112356", NationalIdError::BadBirthDate),
            ("EG", "29100020112356", NationalIdError::BadBirthDate),
            ("EG", "29102290112356", NationalIdError::BadBirthDate),
            ("EG", "29104000112356", NationalIdError::BadBirthDate),
            ("EG", "29104020012356", NationalIdError::UnknownGovernorate),
            ("EG", "29104029912356", NationalIdError::UnknownGovernorate),
            ("SA", "100000000", ten),
            ("SA", "3000000000", NationalIdError::WrongStart),
            ("SA", "1000000000", NationalIdError::CheckDigit),
            ("AE", "78419801234567", fifteen),
            ("AE", "123198012345678", NationalIdError::WrongStart),
            ("AE", "784000000000000", NationalIdError::CheckDigit),
            ("GB", "A", NationalIdError::Malformed),
            ("GB", "AB<script>", NationalIdError::Malformed),
            ("GB", "رقم ١٢٣٤", NationalIdError::Malformed),
        ] {
            assert_eq!(check(country, typed), Err(error), "{country} {typed:?}");
        }
        assert_eq!(check("EG", &"1".repeat(1_000_000)), Err(fourteen));
        assert_eq!(check("GB", &"1".repeat(1_000_000)), Err(NationalIdError::Malformed));
    }

    #[test]
    fn luhn_agrees_with_its_published_example() {
        assert!(luhn(&digits("79927398713", 11).unwrap()).is_ok());
        assert!(luhn(&digits("79927398710", 11).unwrap()).is_err());
    }

    #[test]
    fn gulf_numbers_carry_a_check_digit() {
        for (country, body, kind) in [
            ("SA", "105829471", NationalIdKind::SaudiNationalId),
            ("SA", "214863092", NationalIdKind::SaudiIqama),
            ("AE", "78419857310264", NationalIdKind::EmiratesId),
        ] {
            let number = with_check_digit(body);
            let id = check(country, &number).unwrap();
            assert_eq!((id.kind, &id.normalized, id.birth_date, id.sex), (kind, &number, None, None));
        }
        let number = with_check_digit("78419857310264");
        let typed = format!("{}-{}-{}-{}", &number[..3], &number[3..7], &number[7..14], &number[14..]);
        assert_eq!(check("AE", &typed).unwrap().normalized, number);
    }

    #[test]
    fn numbers_of_other_countries_are_kept_in_one_form() {
        let id = check("JO", " ab-12 34/x ").unwrap();
        assert_eq!((id.normalized.as_str(), id.kind), ("AB-1234/X", NationalIdKind::Unchecked));
    }

    proptest! {
        #[test]
        fn checking_anything_never_panics(text in any::<String>(), digits in "[0-9]{14}") {
            for country in ["EG", "SA", "AE", "GB", ""] {
                let _ = check(country, &text);
                let _ = check(country, &digits);
            }
        }

        #[test]
        fn one_mistyped_digit_is_noticed(body in "[12][0-9]{8}", at in 0_usize..10, by in 1_u8..10) {
            let number = with_check_digit(&body);
            let mut bytes = number.clone().into_bytes();
            bytes[at] = b'0' + (bytes[at] - b'0' + by) % 10;
            prop_assert!(check("SA", &number).is_ok());
            prop_assert!(check("SA", std::str::from_utf8(&bytes).unwrap()).is_err());
        }

        #[test]
        fn the_birth_date_is_the_one_in_the_number(days in 0_i32..73_000, serial in 0_u32..10_000) {
            let born = date(1900, 1, 1).saturating_add(jiff::Span::new().days(days));
            let century = if born.year() < 2000 { 2 } else { 3 };
            let number = format!("{century}{}01{serial:04}0", born.strftime("%y%m%d"));
            let id = check("EG", &number).unwrap();
            prop_assert_eq!(id.birth_date, Some(born));
            prop_assert_eq!(id.sex == Some(RegisteredSex::Male), serial % 2 == 1);
        }
    }
}
