//! What a password has to be, after NIST SP 800-63B-4: long enough and not known to attackers. There are no rules about kinds of
//! characters, and a password never expires.

use unicode_normalization::UnicodeNormalization;

use crate::text::{ascii_digits, fold};

pub const MIN_ALONE: usize = 15;
pub const MIN_WITH_TOTP: usize = 8;
pub const MAX: usize = 256;

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    #[error("at least {min} characters")]
    TooShort { min: usize },
    #[error("at most 256 characters")]
    TooLong,
    #[error("this password is among those that attackers try first")]
    Common,
    #[error("the clinic's name is easy to guess")]
    ContainsClinicName,
    #[error("the name of the account is easy to guess")]
    ContainsEmail,
    #[error("the same characters over and over are easy to guess")]
    Repeated,
    #[error("a row of the alphabet or of the keyboard is easy to guess")]
    Sequence,
}

impl PasswordError {
    /// Stable: clients and translations go by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "identity.password_too_short",
            Self::TooLong => "identity.password_too_long",
            Self::Common => "identity.password_common",
            Self::ContainsClinicName => "identity.password_contains_clinic_name",
            Self::ContainsEmail => "identity.password_contains_email",
            Self::Repeated => "identity.password_repeated",
            Self::Sequence => "identity.password_sequence",
        }
    }
}

/// Whose password it is to be.
#[derive(Clone, Copy, Debug)]
pub struct PasswordOwner<'a> {
    pub email: &'a str,
    /// In every language it has; empty ones are skipped.
    pub clinic_names: &'a [&'a str],
    /// With a second factor the password may be shorter.
    pub has_totp: bool,
}

/// The form that is hashed and compared, so that keyboards that compose characters differently give one password.
/// NFKC; nothing is trimmed. None when it is longer than any password may be: such a one is not even hashed.
pub fn normalize(password: &str) -> Option<String> {
    let normalized: String = password.nfkc().take(MAX + 1).collect();
    (normalized.chars().count() <= MAX).then_some(normalized)
}

/// Judges a new password and returns the form to hash. `is_common` is asked with it in lower case.
pub fn check_new(
    password: &str,
    owner: &PasswordOwner<'_>,
    is_common: &dyn Fn(&str) -> bool,
) -> Result<String, PasswordError> {
    let normalized = normalize(password).ok_or(PasswordError::TooLong)?;
    let min = if owner.has_totp { MIN_WITH_TOTP } else { MIN_ALONE };
    if normalized.chars().count() < min {
        return Err(PasswordError::TooShort { min });
    }
    let lower = normalized.to_lowercase();
    if is_common(&lower) {
        return Err(PasswordError::Common);
    }
    let compact = compact(&normalized);
    if owner.clinic_names.iter().any(|name| gives_away(&compact, name)) {
        return Err(PasswordError::ContainsClinicName);
    }
    let (local_part, _) = owner.email.split_once('@').unwrap_or((owner.email, ""));
    if gives_away(&compact, local_part) || lower == owner.email.to_lowercase() {
        return Err(PasswordError::ContainsEmail);
    }
    let letters: Vec<char> = ascii_digits(&lower).chars().collect();
    if is_repeated(&letters) {
        return Err(PasswordError::Repeated);
    }
    if is_sequence(&letters) {
        return Err(PasswordError::Sequence);
    }
    Ok(normalized)
}

/// Letters and digits alone, so that neither case nor hyphens nor harakat hide a name.
fn compact(text: &str) -> String {
    fold(text).replace(' ', "")
}

/// Short names are in many good passwords by chance: they only count when they are all there is.
fn gives_away(compact_password: &str, name: &str) -> bool {
    let name = compact(name);
    let length = name.chars().count();
    (length >= 4 && compact_password.contains(&name)) || (length > 0 && compact_password == name)
}

/// One to four characters, again and again.
fn is_repeated(letters: &[char]) -> bool {
    (1..=4)
        .any(|period| letters.len() > period && letters.iter().zip(&letters[period..]).all(|(a, b)| a == b))
}

/// Nearly every step is to the next key, letter or digit, up or down, or stays: up to one step in five may jump, as
/// in `abcd1234`.
fn is_sequence(letters: &[char]) -> bool {
    let steps = letters.len().saturating_sub(1);
    let jumps = letters.windows(2).filter(|pair| !is_next(pair[0], pair[1])).count();
    steps > 0 && jumps * 5 <= steps
}

fn is_next(one: char, other: char) -> bool {
    const ROWS: [&str; 7] = [
        "1234567890",
        "qwertyuiop",
        "asdfghjkl",
        "zxcvbnm",
        "ضصثقفغعهخحجد",
        "شسيبلاتنمكط",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهوي",
    ];
    let beside = |row: &str| {
        let mut keys = row.chars().zip(row.chars().skip(1));
        keys.any(|(left, right)| (left, right) == (one, other) || (right, left) == (one, other))
    };
    let in_alphabet = one.is_ascii_alphanumeric()
        && other.is_ascii_alphanumeric()
        && u32::from(one).abs_diff(u32::from(other)) == 1;
    one == other || in_alphabet || ROWS.iter().any(|row| beside(row))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const OWNER: PasswordOwner<'static> = PasswordOwner {
        email: "mona.adel@example.com",
        clinic_names: &["Nile Dental", "عيادة النيل", ""],
        has_totp: false,
    };

    fn judged(password: &str, has_totp: bool) -> Result<String, PasswordError> {
        let is_common = |known: &str| ["correct horse battery staple", "football123"].contains(&known);
        check_new(password, &PasswordOwner { has_totp, ..OWNER }, &is_common)
    }

    #[test]
    fn long_phrases_in_any_language_are_good() {
        for password in [
            "dentpro-demo-2026",
            "قهوة الصباح على النيل الأزرق",
            "three small olives",
            "aaab ccde xyzz qqrt",
            "               x y z",
            "🦷🪥 brush it twice a day",
            "Tr0ub4dor&3-extra",
            "0123-horse-kettle",
        ] {
            assert_eq!(judged(password, false).as_deref(), Ok(password));
        }
        assert!(judged("kettle9!", true).is_ok());
    }

    #[test]
    fn what_is_easy_to_guess_says_why() {
        for (password, has_totp, error) in [
            ("", false, PasswordError::TooShort { min: 15 }),
            ("three olives 1", false, PasswordError::TooShort { min: 15 }),
            ("kettle9", true, PasswordError::TooShort { min: 8 }),
            ("زيتون", true, PasswordError::TooShort { min: 8 }),
            ("Correct Horse Battery Staple", false, PasswordError::Common),
            ("FOOTBALL123", true, PasswordError::Common),
            ("nile-dental-2026!", false, PasswordError::ContainsClinicName),
            ("my NiLe DeNtAl pass", false, PasswordError::ContainsClinicName),
            ("عِيادَة النيل 2026", false, PasswordError::ContainsClinicName),
            ("monaadel-is-my-name", false, PasswordError::ContainsEmail),
            ("Mona.Adel@example.com", false, PasswordError::ContainsEmail),
            ("aaaaaaaaaaaaaaaaaaaa", false, PasswordError::Repeated),
            ("               ", false, PasswordError::Repeated),
            ("abcabcabcabcabcabc", false, PasswordError::Repeated),
            ("passpasspasspass", false, PasswordError::Repeated),
            ("١١١١١١١١١١١١١١١", false, PasswordError::Repeated),
            ("123456789012345", false, PasswordError::Sequence),
            ("987654321098765", false, PasswordError::Sequence),
            ("abcdefghijklmnop", false, PasswordError::Sequence),
            ("aaaabbbbccccdddd", false, PasswordError::Sequence),
            ("qwertyuiopasdfgh", false, PasswordError::Sequence),
            ("QWERTYUIOP123456", false, PasswordError::Sequence),
            ("١٢٣٤٥٦٧٨٩٠١٢٣٤٥", false, PasswordError::Sequence),
            ("ضصثقفغعهخحجدشسيب", false, PasswordError::Sequence),
            ("abcd1234", true, PasswordError::Sequence),
            ("12345678", true, PasswordError::Sequence),
        ] {
            assert_eq!(judged(password, has_totp), Err(error), "{password:?}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_after_normalising() {
        let long: String = "سمك لبن "
            .chars()
            .cycle()
            .take(MAX)
            .enumerate()
            .map(|(i, c)| if i % 7 == 0 { '!' } else { c })
            .collect();
        assert!(judged(&long, false).is_ok());
        assert_eq!(judged(&format!("{long}x"), false), Err(PasswordError::TooLong));
        assert_eq!(judged(&"x".repeat(10_000_000), false), Err(PasswordError::TooLong));
        assert_eq!(normalize(&"\u{FDFA}".repeat(100)), None);
    }

    #[test]
    fn keyboards_that_compose_differently_give_one_password() {
        assert_eq!(normalize("cafe\u{301} ﬁne"), normalize("café fine"));
        assert_eq!(normalize(" spaces count "), Some(" spaces count ".to_owned()));
    }

    #[test]
    fn short_names_do_not_spoil_a_password() {
        let owner = PasswordOwner { email: "ali@example.com", clinic_names: &["ABC"], has_totp: true };
        assert!(check_new("finalize the abc of it", &owner, &|_| false).is_ok());
        let owner = PasswordOwner { email: "", clinic_names: &["", "  "], has_totp: true };
        assert!(check_new("kettle9!", &owner, &|_| false).is_ok());
    }

    proptest! {
        #[test]
        fn an_accepted_password_is_long_enough_and_stable(password in "\\PC{0,300}", has_totp: bool) {
            if let Ok(normalized) = judged(&password, has_totp) {
                let length = normalized.chars().count();
                let min = if has_totp { MIN_WITH_TOTP } else { MIN_ALONE };
                prop_assert!((min..=MAX).contains(&length));
                prop_assert_eq!(normalize(&normalized), Some(normalized.clone()));
                prop_assert_eq!(judged(&normalized, has_totp), Ok(normalized));
            }
        }

        #[test]
        fn the_clinics_name_is_found_wherever_it_hides(before in "[a-z ]{4,12}", after in "[0-9!-]{4,12}") {
            let refused = judged(&format!("{before} Nile-DENTAL {after}"), false);
            prop_assert_eq!(refused, Err(PasswordError::ContainsClinicName));
        }

        #[test]
        fn judging_anything_never_panics(password in any::<String>(), has_totp: bool) {
            let _ = judged(&password, has_totp);
        }
    }
}
