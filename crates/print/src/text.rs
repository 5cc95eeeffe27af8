//! Text that people typed, made safe to lay out. It stays text: nothing here escapes or interprets markup.

use std::borrow::Cow;

use serde::Serialize;

use crate::Bilingual;

/// A word longer than this may break after every few letters, so that it never runs out of its column.
const LONGEST_WORD: usize = 22;
/// Codes, phones and e-mail addresses stand where there is more room.
const LONGEST_CODE: usize = 40;
const LETTERS_TO_A_BREAK: usize = 8;
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
    text.map(|text| breakable_after(&plain(text), LONGEST_CODE)).filter(|text| !text.is_empty())
}

/// What a person typed as a name, a description or a note.
pub(crate) fn clean(text: &str) -> String {
    breakable_after(&plain(text), LONGEST_WORD)
}

/// Trims, keeps line breaks, and drops control characters and directional overrides, which could reorder what
/// stands beside the text.
fn plain(text: &str) -> String {
    text.trim()
        .chars()
        .map(|character| if character == '\t' { ' ' } else { character })
        .filter(|&character| character == '\n' || !(character.is_control() || is_directional_mark(character)))
        .collect()
}

fn breakable_after(text: &str, longest: usize) -> String {
    text.split_inclusive(char::is_whitespace).map(|word| breakable(word, longest)).collect()
}

fn is_directional_mark(character: char) -> bool {
    matches!(
        character,
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

fn breakable(word: &str, longest: usize) -> Cow<'_, str> {
    if word.chars().count() <= longest {
        return Cow::Borrowed(word);
    }
    let mut broken = String::with_capacity(word.len() + word.len() / 2);
    for (index, letter) in word.chars().enumerate() {
        if index > 0 && index.is_multiple_of(LETTERS_TO_A_BREAK) {
            broken.push(BREAK_HERE);
        }
        broken.push(letter);
    }
    Cow::Owned(broken)
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
        assert_eq!(broken.chars().filter(|&c| c == BREAK_HERE).count(), 7);
        assert_eq!(broken.replace(BREAK_HERE, ""), "W".repeat(60));
    }
}
