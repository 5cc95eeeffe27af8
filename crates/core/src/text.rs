//! Text that people type: what is accepted, how it is found again in two scripts, how it leaves as CSV.

use std::borrow::Cow;

mod fold;
mod latin_key;
mod search;

pub use fold::fold;
pub use latin_key::latin_key;
pub use search::{SearchTerm, search_document, search_terms};

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    #[error("at most {max} characters")]
    TooLong { max: usize },
    #[error("control characters are not text")]
    ControlCharacter,
    #[error("characters that override the direction of writing are refused")]
    BidiOverride,
}

impl TextError {
    /// Stable: clients and translations go by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLong { .. } => "text.too_long",
            Self::ControlCharacter => "text.control_character",
            Self::BidiOverride => "text.bidi_override",
        }
    }
}

/// The door that all typed text comes through. Trims it and drops invisible marks (LRM, RLM, ALM, zero-width space,
/// byte order mark); refuses NUL and other control characters (a new line and a tab are text where `multiline` is
/// set) and overrides of the direction, which make a name or an amount read as another. `max_chars` counts what is
/// left. What is empty afterwards is returned as such: whether a field may be empty is the field's rule.
pub fn sanitize_typed(text: &str, max_chars: usize, multiline: bool) -> Result<String, TextError> {
    let mut clean = String::with_capacity(text.len().min(max_chars.saturating_mul(4)));
    let mut chars = text.trim_matches(|c: char| c.is_whitespace() || is_invisible_mark(c)).chars().peekable();
    let mut count = 0;
    while let Some(c) = chars.next() {
        let kept = match c {
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => return Err(TextError::BidiOverride),
            _ if is_invisible_mark(c) => continue,
            '\r' if multiline && chars.peek() == Some(&'\n') => continue,
            '\n' | '\t' if multiline => c,
            // The line and paragraph separators break a line too.
            '\u{2028}' | '\u{2029}' => return Err(TextError::ControlCharacter),
            _ if c.is_control() => return Err(TextError::ControlCharacter),
            _ => c,
        };
        count += 1;
        if count > max_chars {
            return Err(TextError::TooLong { max: max_chars });
        }
        clean.push(kept);
    }
    Ok(clean)
}

/// Marks that show nothing and that keyboards and messengers paste along. The joiners (U+200C, U+200D) are not
/// among them: they change how a word is written.
fn is_invisible_mark(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}')
}

/// A cell of text for a CSV file, which a spreadsheet must not take for a formula: one that begins with `= + - @`
/// (also in full width), a tab or a new line, gets an apostrophe in front and stays readable, `'+201001234567`.
/// Quoting is the CSV writer's. Columns that are numbers by type do not come through here.
pub fn csv_safe(cell: &str) -> Cow<'_, str> {
    let starts_line = cell.starts_with(['\t', '\r', '\n']);
    let starts_formula = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
    if starts_line || starts_formula { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The text as a literal part of a LIKE pattern with the default escape character.
pub fn escape_like(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '%' | '_') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// The digits a clinic's documents are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Digits {
    #[default]
    Latin,
    Arabic,
}

impl Digits {
    /// The text with its ASCII digits in these.
    pub fn write(self, text: &str) -> String {
        match self {
            Self::Latin => text.to_owned(),
            Self::Arabic => text
                .chars()
                .map(|c| match c.to_digit(10) {
                    Some(value) => char::from_u32(0x0660 + value).unwrap_or(c),
                    None => c,
                })
                .collect(),
        }
    }
}

/// The text with Arabic-Indic and Persian digits as ASCII ones; all else stays.
pub fn ascii_digits(text: &str) -> String {
    text.chars().map(ascii_digit).collect()
}

fn ascii_digit(c: char) -> char {
    let zero = match c {
        '\u{0660}'..='\u{0669}' => 0x0660,
        '\u{06F0}'..='\u{06F9}' => 0x06F0,
        _ => return c,
    };
    char::from_digit(u32::from(c) - zero, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn typed_text_is_trimmed_and_freed_of_invisible_marks() {
        for (typed, clean) in [
            ("  محمد أحمد \n", "محمد أحمد"),
            ("\u{200F}محمد\u{200E}", "محمد"),
            ("\u{FEFF} Mohamed\u{200B} ", "Mohamed"),
            ("\u{200F} \u{200E}", ""),
            ("می\u{200C}خواهم", "می\u{200C}خواهم"),
            ("👩\u{200D}⚕️", "👩\u{200D}⚕️"),
            ("<b>&'\"%_\\", "<b>&'\"%_\\"),
        ] {
            assert_eq!(sanitize_typed(typed, 100, false).as_deref(), Ok(clean), "{typed:?}");
        }
    }

    #[test]
    fn control_characters_and_overrides_are_refused() {
        for typed in ["a\0b", "a\u{7}b", "a\u{85}b", "a\u{7F}b", "a\u{2028}b", "a\u{1B}[31m", "\0"] {
            for multiline in [false, true] {
                let refused = sanitize_typed(typed, 100, multiline);
                assert_eq!(refused, Err(TextError::ControlCharacter), "{typed:?}");
            }
        }
        for mark in [
            "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2066}", "\u{2067}", "\u{2068}",
            "\u{2069}",
        ] {
            let refused = sanitize_typed(&format!("{mark}gpj.exe"), 100, true);
            assert_eq!(refused, Err(TextError::BidiOverride), "{mark:?}");
        }
        for typed in ["a\nb", "a\tb", "a\r\nb"] {
            assert_eq!(sanitize_typed(typed, 100, false), Err(TextError::ControlCharacter));
        }
        assert_eq!(sanitize_typed("a\r\nb\n\tc", 100, true).as_deref(), Ok("a\nb\n\tc"));
        assert_eq!(sanitize_typed("a\rb", 100, true), Err(TextError::ControlCharacter));
    }

    #[test]
    fn length_counts_characters_not_bytes() {
        assert_eq!(sanitize_typed("محمد", 4, false).as_deref(), Ok("محمد"));
        assert_eq!(sanitize_typed(" محمد ", 4, false).as_deref(), Ok("محمد"));
        assert_eq!(sanitize_typed("محمدا", 4, false), Err(TextError::TooLong { max: 4 }));
        assert_eq!(sanitize_typed("", 0, false).as_deref(), Ok(""));
    }

    #[test]
    fn no_cell_begins_as_a_formula() {
        for cell in
            ["=1+1", "+201001234567", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "\u{A0}=1"]
        {
            assert_eq!(csv_safe(cell), format!("'{cell}"));
        }
        for cell in ["", "محمد", "01001234567", "1-2", "a=b", "'=1", "1,250.00"] {
            assert_eq!(csv_safe(cell), cell);
        }
    }

    #[test]
    fn like_patterns_are_literal() {
        assert_eq!(escape_like(r"50%_\a"), r"50\%\_\\a");
        assert_eq!(escape_like("محمد"), "محمد");
    }

    #[test]
    fn digits_go_both_ways() {
        assert_eq!(Digits::Arabic.write("2026-11-23"), "٢٠٢٦-١١-٢٣");
        assert_eq!(Digits::Latin.write("10:30"), "10:30");
        assert_eq!(ascii_digits("٠١٠ ۴۵۶ abc"), "010 456 abc");
    }

    proptest! {
        #[test]
        fn accepted_text_is_stable_and_harmless(text in any::<String>(), multiline: bool) {
            if let Ok(clean) = sanitize_typed(&text, 50, multiline) {
                prop_assert!(clean.chars().count() <= 50);
                prop_assert!(clean.chars().all(|c| !c.is_control() || (multiline && matches!(c, '\n' | '\t'))));
                prop_assert_eq!(sanitize_typed(&clean, 50, multiline), Ok(clean.clone()));
            }
        }

        #[test]
        fn a_safe_cell_never_begins_with_a_sign(cell in "[=+@\\t\\r -]{0,3}\\PC{0,10}") {
            prop_assert!(!csv_safe(&cell).starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        }

        #[test]
        fn arabic_digits_read_back(text in "[0-9.,:/ -]{0,20}") {
            prop_assert_eq!(ascii_digits(&Digits::Arabic.write(&text)), text);
        }
    }
}
