//! Text that people typed, made safe to lay out. It stays text: nothing here escapes or interprets markup.

use serde::Serialize;

use crate::Bilingual;

/// A word longer than this gets places where a line may break, so that it never runs out of its column.
const LONGEST_UNBROKEN_WORD: usize = 22;
const BREAK_HERE: char = '\u{200b}';

/// A text in both languages as the template reads it.
#[derive(Debug, Clone, Serialize, Default, PartialEq, Eq)]
pub(crate) struct Words {
    pub ar: String,
    pub en: String,
}

impl From<&Bilingual> for Words {
    fn from(text: &Bilingual) -> Self {
        Self { ar: clean(&text.ar), en: clean(&text.en) }
    }
}

pub(crate) fn words(text: Option<&Bilingual>) -> Option<Words> {
    text.map(Words::from).filter(|words| !words.ar.is_empty() || !words.en.is_empty())
}

/// A short code, phone or number; an empty one counts as absent.
pub(crate) fn code(text: Option<&str>) -> Option<String> {
    text.map(clean).filter(|text| !text.is_empty())
}

/// Drops control characters and directional overrides (they could reorder what stands beside the text),
/// keeps line breaks, trims, and lets very long words break.
pub(crate) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut unbroken = 0;
    for character in text.trim().chars() {
        match character {
            '\n' => {
                cleaned.push('\n');
                unbroken = 0;
            }
            '\t' => {
                cleaned.push(' ');
                unbroken = 0;
            }
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            character if character.is_control() => {}
            character if character.is_whitespace() => {
                cleaned.push(character);
                unbroken = 0;
            }
            character => {
                if unbroken == LONGEST_UNBROKEN_WORD {
                    cleaned.push(BREAK_HERE);
                    unbroken = 0;
                }
                cleaned.push(character);
                unbroken += 1;
            }
        }
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directional_overrides_and_control_characters_are_dropped() {
        assert_eq!(clean("\u{202e}Total 1\u{0007}00\u{2066}\r\nnext"), "Total 100\nnext");
    }

    #[test]
    fn markup_is_left_as_it_was_typed() {
        assert_eq!(clean(r##"#panic() *b* $x$ \ "q""##), r##"#panic() *b* $x$ \ "q""##);
    }

    #[test]
    fn a_word_without_spaces_can_break() {
        let broken = clean(&"W".repeat(60));
        assert_eq!(broken.chars().filter(|&c| c == BREAK_HERE).count(), 2);
        assert_eq!(broken.replace(BREAK_HERE, ""), "W".repeat(60));
    }
}
