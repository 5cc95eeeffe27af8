//! Telephone numbers: kept in E.164 (`+201001234567`), shown as the country dials them (`010 01234567`).

use std::fmt;
use std::str::FromStr;

use phonenumber::{Mode, PhoneNumber, country};
use serde::{Deserialize, Serialize};

use crate::text::ascii_digits;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    #[error("not a telephone number: digits, spaces, brackets, hyphens and a leading + are read")]
    Malformed,
    #[error("not a country of ISO 3166, as EG")]
    UnknownCountry,
    #[error("no country has this calling code")]
    UnknownCallingCode,
    #[error("too short for a telephone number")]
    TooShort,
    #[error("too long for a telephone number")]
    TooLong,
    #[error("this number is not in use in its country")]
    Invalid,
}

impl PhoneError {
    /// Stable: clients and translations go by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed => "phone.malformed",
            Self::UnknownCountry => "phone.unknown_country",
            Self::UnknownCallingCode => "phone.unknown_calling_code",
            Self::TooShort => "phone.too_short",
            Self::TooLong => "phone.too_long",
            Self::Invalid => "phone.invalid",
        }
    }
}

/// What is typed into one field, with room for spaces and brackets; E.164 itself has 15 digits at most.
const MAX_TYPED: usize = 40;
const DIGITS: std::ops::RangeInclusive<usize> = 3..=18;

/// A number that its country's numbering plan knows. On the wire and in the database it is its E.164 string.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "openapi",
    schema(value_type = String, pattern = "^\\+[1-9][0-9]{6,14}$", example = "+201001234567")
)]
pub struct Phone(String);

impl Phone {
    /// Reads what a person types, in Latin, Arabic or Persian digits. `default_country` (ISO 3166, `EG`) is whose
    /// number it is when it begins neither with `+` nor with `00`.
    pub fn parse(typed: &str, default_country: &str) -> Result<Self, PhoneError> {
        let country = country::Id::from_str(default_country).map_err(|_| PhoneError::UnknownCountry)?;
        let dialled = dialled(typed)?;
        // A number that names its country is read by that country's plan, not by the clinic's.
        let country = if dialled.starts_with('+') { None } else { Some(country) };
        Self::valid(&phonenumber::parse(country, &dialled).map_err(reason)?)
    }

    /// Reads E.164 and nothing else.
    pub fn from_e164(text: &str) -> Result<Self, PhoneError> {
        let digits = text.strip_prefix('+').ok_or(PhoneError::Malformed)?;
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneError::Malformed);
        }
        let phone = Self::valid(&phonenumber::parse(None, dialled(text)?).map_err(reason)?)?;
        if phone.0 == text { Ok(phone) } else { Err(PhoneError::Malformed) }
    }

    fn valid(number: &PhoneNumber) -> Result<Self, PhoneError> {
        if !number.is_valid() {
            return Err(PhoneError::Invalid);
        }
        Ok(Self(number.format().mode(Mode::E164).to_string()))
    }

    /// `+201001234567`
    pub fn as_e164(&self) -> &str {
        &self.0
    }

    /// `201001234567`: what a `wa.me` link takes.
    pub fn international_digits(&self) -> &str {
        self.0.trim_start_matches('+')
    }

    /// `010 01234567`, grouped and with the trunk prefix as the number's own country writes it.
    pub fn national(&self) -> String {
        self.number()
            .map_or_else(|| self.0.clone(), |number| number.format().mode(Mode::National).to_string())
    }

    /// `01001234567`
    pub fn national_digits(&self) -> String {
        self.national().chars().filter(char::is_ascii_digit).collect()
    }

    /// `+20 10 01234567`, for readers abroad.
    pub fn international(&self) -> String {
        self.number()
            .map_or_else(|| self.0.clone(), |number| number.format().mode(Mode::International).to_string())
    }

    /// As a clinic in `country` shows it: national for a number at home, international for one abroad.
    pub fn shown_in(&self, country: &str) -> String {
        if self.country().as_deref() == Some(country) { self.national() } else { self.international() }
    }

    /// ISO 3166, where the calling code tells it.
    pub fn country(&self) -> Option<String> {
        self.number()?.country().id().map(|id| id.as_ref().to_owned())
    }

    fn number(&self) -> Option<PhoneNumber> {
        phonenumber::parse(None, &self.0).ok()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Phone {
    type Error = PhoneError;

    fn try_from(text: String) -> Result<Self, PhoneError> {
        Self::from_e164(&text)
    }
}

impl From<Phone> for String {
    fn from(phone: Phone) -> Self {
        phone.0
    }
}

/// The digits as dialled, after a + where the number names its country.
fn dialled(typed: &str) -> Result<String, PhoneError> {
    if typed.len() > MAX_TYPED * 4 || typed.chars().count() > MAX_TYPED {
        return Err(PhoneError::TooLong);
    }
    let mut digits = String::with_capacity(typed.len());
    let mut international = false;
    for c in ascii_digits(typed).chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() && !international => international = true,
            '(' | ')' | '-' | '.' | '/' | '\u{2010}'..='\u{2014}' => {}
            // Marks of the direction come along with what is pasted from an Arabic page.
            '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            _ if c.is_whitespace() => {}
            _ => return Err(PhoneError::Malformed),
        }
    }
    if digits.is_empty() {
        return Err(PhoneError::Malformed);
    }
    if !international && digits.starts_with("00") {
        digits.drain(..2);
        international = true;
    }
    if digits.len() < *DIGITS.start() {
        return Err(PhoneError::TooShort);
    }
    if digits.len() > *DIGITS.end() {
        return Err(PhoneError::TooLong);
    }
    Ok(if international { format!("+{digits}") } else { digits })
}

fn reason(error: phonenumber::ParseError) -> PhoneError {
    use phonenumber::ParseError;
    match error {
        ParseError::InvalidCountryCode => PhoneError::UnknownCallingCode,
        ParseError::TooShortAfterIdd | ParseError::TooShortNsn => PhoneError::TooShort,
        ParseError::TooLong => PhoneError::TooLong,
        ParseError::NoNumber | ParseError::MalformedInteger(_) => PhoneError::Malformed,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (typed, country, e164) in [
            ("01001234567", "EG", "+201001234567"),
            ("0100 123 4567", "EG", "+201001234567"),
            ("(0100) 123-4567", "EG", "+201001234567"),
            ("+20 100 123 4567", "EG", "+201001234567"),
            ("+2 01001234567", "EG", "+201001234567"),
            ("0020 100 123 4567", "EG", "+201001234567"),
            ("201001234567", "EG", "+201001234567"),
            ("1001234567", "EG", "+201001234567"),
            ("٠١٠٠١٢٣٤٥٦٧", "EG", "+201001234567"),
            ("۰۱۰۰۱۲۳۴۵۶۷", "EG", "+201001234567"),
            ("\u{202A}+20\u{A0}100\u{2011}123\u{2011}4567\u{202C}", "EG", "+201001234567"),
            ("0223456789", "EG", "+20223456789"),
            ("0501234567", "SA", "+966501234567"),
            ("+966501234567", "EG", "+966501234567"),
            ("00966 50 123 4567", "EG", "+966501234567"),
            ("0501234567", "AE", "+971501234567"),
            ("50012345", "KW", "+96550012345"),
            ("0791234567", "JO", "+962791234567"),
            ("+1 212 555 2368", "EG", "+12125552368"),
            ("+44 20 7946 0958", "EG", "+442079460958"),
            ("01001234567", "SA", ""),
            ("01901234567", "EG", ""),
        ] {
            let parsed = Phone::parse(typed, country);
            match e164 {
                "" => assert!(parsed.is_err(), "{typed} in {country}: {parsed:?}"),
                _ => assert_eq!(parsed.as_ref().map(Phone::as_e164), Ok(e164), "{typed} in {country}"),
            }
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        for (typed, country, error) in [
            ("", "EG", PhoneError::Malformed),
            ("   ", "EG", PhoneError::Malformed),
            ("abc", "EG", PhoneError::Malformed),
            ("0100 CALL ME", "EG", PhoneError::Malformed),
            ("0100123456a", "EG", PhoneError::Malformed),
            ("01001234567;ext=1", "EG", PhoneError::Malformed),
            ("+", "EG", PhoneError::Malformed),
            ("++201001234567", "EG", PhoneError::Malformed),
            ("0100\u{0}1234567", "EG", PhoneError::Malformed),
            ("12", "EG", PhoneError::TooShort),
            ("0100123456789012345", "EG", PhoneError::TooLong),
            ("+999123456789", "EG", PhoneError::UnknownCallingCode),
            ("0100123456", "EG", PhoneError::Invalid),
            ("010012345678", "EG", PhoneError::Invalid),
            ("+2010012345", "EG", PhoneError::Invalid),
            ("01001234567", "XX", PhoneError::UnknownCountry),
            ("01001234567", "eg", PhoneError::UnknownCountry),
            ("01001234567", "", PhoneError::UnknownCountry),
        ] {
            assert_eq!(Phone::parse(typed, country), Err(error), "{typed:?} in {country}");
        }
        assert_eq!(Phone::parse(&"0".repeat(100_000), "EG"), Err(PhoneError::TooLong));
    }

    #[test]
    fn numbers_are_shown_as_their_country_writes_them() {
        let mobile = Phone::parse("01001234567", "EG").unwrap();
        assert_eq!(mobile.national(), "010 01234567");
        assert_eq!(mobile.national_digits(), "01001234567");
        assert_eq!(mobile.international_digits(), "201001234567");
        assert_eq!(mobile.international(), "+20 10 01234567");
        assert_eq!(mobile.country().as_deref(), Some("EG"));
        assert_eq!(mobile.shown_in("EG"), "010 01234567");
        assert_eq!(mobile.shown_in("SA"), "+20 10 01234567");
        assert_eq!(Phone::from_e164("+966501234567").unwrap().national_digits(), "0501234567");
        assert_eq!(Phone::from_e164("+96550012345").unwrap().national_digits(), "50012345");
    }

    #[test]
    fn the_wire_shape_is_e164() {
        let phone = Phone::parse("01001234567", "EG").unwrap();
        assert_eq!(serde_json::to_string(&phone).unwrap(), r#""+201001234567""#);
        assert_eq!(serde_json::from_str::<Phone>(r#""+201001234567""#).unwrap(), phone);
        for text in ["01001234567", "+20 1001234567", "+2001001234567", "+", "", "+20", "+٢٠١٠٠١٢٣٤٥٦٧"]
        {
            assert!(Phone::from_e164(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_anything_never_panics(text in any::<String>(), digits in "[+0-9٠-٩ ()-]{0,24}") {
            for typed in [&text, &digits] {
                for country in ["EG", "SA", "US", "IT", "AR"] {
                    let _ = Phone::parse(typed, country);
                }
                let _ = Phone::from_e164(typed);
            }
        }

        #[test]
        fn what_is_kept_reads_back(digits in "0[0-9]{8,10}") {
            for country in ["EG", "SA", "AE", "IT", "AR"] {
                if let Ok(phone) = Phone::parse(&digits, country) {
                    prop_assert_eq!(Phone::from_e164(phone.as_e164()), Ok(phone.clone()));
                    prop_assert!(!phone.national_digits().is_empty());
                }
            }
        }

        #[test]
        fn an_egyptian_mobile_comes_back_as_dialled(network in 0_usize..4, subscriber in 0_u32..100_000_000) {
            let dialled = format!("01{}{subscriber:08}", ["0", "1", "2", "5"][network]);
            prop_assert_eq!(Phone::parse(&dialled, "EG").unwrap().national_digits(), dialled);
        }
    }
}
