//! What is stored to find a patient by, and what a receptionist types to find one.

use super::fold;
use super::latin_key::{is_article, name_parts, word_key};
use crate::phone::Phone;

/// More words than this narrow nothing down.
const MAX_TERMS: usize = 8;
/// A key this short is the beginning of half the names, so it has to be the whole key.
const WHOLE_KEY_LENGTH: usize = 2;

/// The text stored in the patient's `search` column, in words with one space between: the names folded, their keys
/// as `~key~`, each phone in digits (201001234567 and 01001234567), the file number as it is and without leading
/// zeros, the national id. The tilde occurs nowhere else. What there is not is given empty.
pub fn search_document<P: AsRef<str>>(
    name_ar: &str,
    name_en: &str,
    phones: &[P],
    file_number: &str,
    national_id: &str,
) -> String {
    let mut words = Words::default();
    let names = [fold(name_ar), fold(name_en)];
    for name in &names {
        words.extend(name.split(' '));
    }
    for part in names.iter().flat_map(|name| name.split(' ')).flat_map(name_parts) {
        if let Some(key) = word_key(part) {
            words.push(&format!("~{key}~"));
        }
    }
    for phone in phones {
        match Phone::from_e164(phone.as_ref()) {
            Ok(phone) => words.extend([phone.international_digits(), phone.national_digits().as_str()]),
            Err(_) => words.push(&digits_of(phone.as_ref())),
        }
    }
    for number in [file_number, national_id] {
        let folded = fold(number);
        let together = folded.replace(' ', "");
        words.extend(folded.split(' '));
        words.extend([together.as_str(), together.trim_start_matches('0')]);
    }
    words.line
}

/// Words once each, in the order they came.
#[derive(Default)]
struct Words {
    line: String,
}

impl Words {
    fn push(&mut self, word: &str) {
        if word.is_empty() || self.line.split(' ').any(|known| known == word) {
            return;
        }
        if !self.line.is_empty() {
            self.line.push(' ');
        }
        self.line.push_str(word);
    }

    fn extend<'a>(&mut self, words: impl IntoIterator<Item = &'a str>) {
        words.into_iter().for_each(|word| self.push(word));
    }
}

/// One thing that the stored text has to contain: `folded`, or else `key` where there is one. Both are letters,
/// digits and the tilde, so they stand in a LIKE pattern as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchTerm {
    /// A folded word, or digits.
    pub folded: String,
    /// `~mhmd`, which also finds what begins so; for short names the whole `~sr~`.
    pub key: Option<String>,
}

/// What was typed, in either script and any digits, as the terms that all have to match. Digits that stand side by
/// side are one number (`010 0123 4567`); `+20…` and `0020…` find what `010…` does. Nothing to look for: no terms.
pub fn search_terms(query: &str) -> Vec<SearchTerm> {
    let folded = fold(query);
    let mut terms: Vec<SearchTerm> = Vec::new();
    let mut number = String::new();
    let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    for &word in &words {
        if is_number(word) {
            number.push_str(word);
            continue;
        }
        push_number(&mut terms, &mut number);
        if is_article(word) && words.len() > 1 {
            continue;
        }
        for part in name_parts(word) {
            push_term(
                &mut terms,
                SearchTerm { folded: part.to_owned(), key: word_key(part).map(key_pattern) },
            );
        }
    }
    push_number(&mut terms, &mut number);
    terms.truncate(MAX_TERMS);
    terms
}

fn key_pattern(key: String) -> String {
    if key.len() <= WHOLE_KEY_LENGTH { format!("~{key}~") } else { format!("~{key}") }
}

fn push_number(terms: &mut Vec<SearchTerm>, number: &mut String) {
    let digits = std::mem::take(number);
    // 00 in front of a country code is dialled, not stored. A padded file number has more zeros, and is found
    // without them too.
    let stored = match digits.strip_prefix("00") {
        Some(rest) if !rest.is_empty() && !rest.starts_with('0') => rest.to_owned(),
        _ => digits,
    };
    if !stored.is_empty() {
        push_term(terms, SearchTerm { folded: stored, key: None });
    }
}

fn push_term(terms: &mut Vec<SearchTerm>, term: SearchTerm) {
    if !terms.contains(&term) {
        terms.push(term);
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits_of(text: &str) -> String {
    super::ascii_digits(text).chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the SQL does: each term by its folded form or by its key.
    fn finds(query: &str, document: &str) -> bool {
        let terms = search_terms(query);
        !terms.is_empty()
            && terms.iter().all(|term| {
                document.contains(&term.folded) || term.key.as_ref().is_some_and(|key| document.contains(key))
            })
    }

    fn document() -> String {
        search_document(
            "محمد أحمد عبد الله",
            "Mohamed Ahmed Abdallah",
            &["+201001234567", "+966501234567"],
            "000123",
            "29104021234567",
        )
    }

    #[test]
    fn the_document_is_words_in_canonical_form() {
        assert_eq!(
            document(),
            "محمد احمد عبدالله mohamed ahmed abdallah ~mhmd~ ~ahmd~ ~abdll~ 201001234567 01001234567 \
             966501234567 0501234567 000123 123 29104021234567"
        );
        assert_eq!(search_document::<&str>("", "", &[], "", ""), "");
        assert_eq!(search_document("سارة", "", &["not a phone 12"], "A-007", ""), "ساره ~sr~ 12 a 007 a007");
    }

    #[test]
    fn a_patient_is_found_however_it_is_typed() {
        for query in [
            "محمد",
            "مُحَمَّد",
            "محم",
            "Mohamed",
            "MOHAMED",
            "mohammad",
            "Muhammad",
            "moha",
            "أحمد",
            "احمد",
            "ahmad",
            "محمد احمد",
            "احمد محمد",
            "mohamed أحمد",
            "عبدالله",
            "عبد الله",
            "عبداللة",
            "Abdullah",
            "abd allah",
            "Abd-Allah",
            "0100",
            "٠١٠٠",
            "۰۱۰۰",
            "010 0123 4567",
            "+20 100 123",
            "0020100",
            "002 01001234567",
            "20100",
            "1001234567",
            "(0100) 123-4567",
            "+966 50",
            "050123",
            "123",
            "000123",
            "٠٠٠١٢٣",
            "00123",
            "29104021234567",
            "2910402",
            "محمد 0100",
            "  Mohamed   010 ",
            "mohamed,ahmed",
            "محمد\u{200F}",
        ] {
            assert!(finds(query, &document()), "{query}: {:?} in {}", search_terms(query), document());
        }
        for query in
            ["محمود", "Mahmoud", "Sara", "سارة", "0111", "mohamed 0111", "124", "~", "%", "_", "", "  "]
        {
            assert!(!finds(query, &document()), "{query}: {:?}", search_terms(query));
        }
    }

    #[test]
    fn either_script_finds_what_is_stored_in_the_other() {
        for (stored_ar, stored_en, queries) in [
            ("فاطمة الزهراء", "", &["Fatma", "fatima elzahraa", "Fatima El Zahraa", "فاطمه"][..]),
            ("", "Yehia Mostafa", &["يحيي", "يحيى مصطفى", "مصطفي"]),
            ("السيد علي", "", &["El Sayed", "elsayed", "Elsayed Ali", "السيد"]),
            ("", "El Sayed Ali", &["السيد", "سيد", "السيد علي", "elsayed"]),
            ("صلاح الدين", "", &["Salah El Din", "Salaheldin", "salah eldeen"]),
            ("", "Salaheldin", &["صلاح الدين", "salah el din", "صلاح"]),
            ("عبد الرحمن", "", &["abdelrahman", "abdul rahman", "Abdur Rahman", "abd el", "عبد", "الرحمن"]),
            ("", "Sara", &["سارة", "ساره", "sarah"]),
            ("مي", "", &["Mai", "May"]),
        ] {
            let document = search_document::<&str>(stored_ar, stored_en, &[], "7", "");
            for query in queries {
                assert!(finds(query, &document), "{query}: {:?} in {document}", search_terms(query));
            }
        }
    }

    #[test]
    fn a_short_key_is_matched_whole() {
        let document = search_document::<&str>("سرحان", "", &[], "7", "");
        assert!(!finds("Sara", &document), "{document}");
        let term = |folded: &str, key: Option<&str>| SearchTerm {
            folded: folded.to_owned(),
            key: key.map(str::to_owned),
        };
        assert_eq!(search_terms("Sara"), [term("sara", Some("~sr~"))]);
        assert_eq!(search_terms("Mohamed 010 12"), [term("mohamed", Some("~mhmd")), term("01012", None)]);
        assert_eq!(search_terms("el"), [term("el", None)]);
    }

    #[test]
    fn endless_queries_have_few_terms() {
        let query: Vec<String> = (0..500).map(|n| format!("a{n}b")).collect();
        assert_eq!(search_terms(&query.join(" ")).len(), MAX_TERMS);
    }

    proptest! {
        #[test]
        fn terms_are_literal_in_a_like_pattern(query in any::<String>()) {
            for term in search_terms(&query) {
                prop_assert!(!term.folded.is_empty());
                prop_assert_eq!(super::super::escape_like(&term.folded), term.folded.clone());
                prop_assert!(!term.folded.contains('~'));
                if let Some(key) = term.key {
                    prop_assert!(key.starts_with('~') && key.bytes().all(|b| b.is_ascii_lowercase() || b == b'~'));
                }
            }
        }

        #[test]
        fn every_word_of_the_name_finds_its_patient(
            name_ar in "[ء-غف-ي]{2,8}( [ء-غف-ي]{2,8}){0,3}", name_en in "[A-Z][a-z]{1,8}( [A-Z][a-z]{1,8}){0,3}",
        ) {
            let document = search_document::<&str>(&name_ar, &name_en, &[], "000042", "");
            for name in [&name_ar, &name_en] {
                prop_assert!(finds(name, &document), "{} in {}", name, document);
                for word in name.split(' ') {
                    prop_assert!(finds(word, &document), "{} in {}", word, document);
                }
            }
        }

        #[test]
        fn every_piece_of_the_phone_finds_its_patient(subscriber in 0_u32..100_000_000, from in 0_usize..8) {
            let national = format!("010{subscriber:08}");
            let document = search_document("", "Mina", &[format!("+2{national}")], "1", "");
            let begun = &national[..11 - from];
            for query in [begun.to_owned(), format!("+2{begun}"), format!("002{begun}"), national[from..].to_owned()] {
                prop_assert!(finds(&query, &document), "{} in {}", query, document);
            }
        }
    }
}
