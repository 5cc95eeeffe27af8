//! Texts with named fields in braces: `Dear {patient}, …`. A field that does not exist is refused when it is saved, so
//! that no patient ever reads a brace.

use std::collections::BTreeMap;

use crate::wire_enum::wire_enum;

wire_enum! {
    /// What a text can name.
    pub enum Field {
        Patient = "patient",
        Clinic = "clinic",
        /// Weekday and date, Gregorian.
        Date = "date",
        /// The same day in the Umm al-Qura calendar.
        Hijri = "hijri",
        Time = "time",
        Doctor = "doctor",
        Branch = "branch",
        Phone = "phone",
        /// Where the patient answers.
        Link = "link",
    }
}

/// What is put in for each field.
pub type Values = BTreeMap<Field, String>;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("there is no field {{{0}}}")]
    UnknownField(String),
    #[error("a brace is opened or closed alone; write it twice to mean the brace itself")]
    LoneBrace,
}

impl TemplateError {
    /// Stable: clients and translations go by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownField(_) => "notifications.unknown_field",
            Self::LoneBrace => "notifications.lone_brace",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Field(Field),
}

/// A text that was read and can be filled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template(Vec<Part>);

impl Template {
    /// Reads a text.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let mut parts = Vec::new();
        let mut plain = String::new();
        let mut rest = text.chars().peekable();
        while let Some(letter) = rest.next() {
            match letter {
                '{' | '}' if rest.next_if_eq(&letter).is_some() => plain.push(letter),
                '{' => {
                    let mut name = String::new();
                    loop {
                        match rest.next() {
                            Some('}') => break,
                            Some(c) if c != '{' && name.len() < 40 => name.push(c),
                            _ => return Err(TemplateError::LoneBrace),
                        }
                    }
                    let field = name.trim().parse().map_err(|_| TemplateError::UnknownField(name))?;
                    parts.push(Part::Text(std::mem::take(&mut plain)));
                    parts.push(Part::Field(field));
                }
                '}' => return Err(TemplateError::LoneBrace),
                other => plain.push(other),
            }
        }
        parts.push(Part::Text(plain));
        Ok(Self(parts))
    }

    /// Whether the text names a field.
    pub fn names(&self, field: Field) -> bool {
        self.0.contains(&Part::Field(field))
    }

    /// The text with its fields filled in; a field without a value leaves nothing.
    pub fn fill(&self, values: &Values) -> String {
        self.0
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.as_str(),
                Part::Field(field) => values.get(field).map_or("", String::as_str),
            })
            .collect()
    }
}

/// A name as strangers may see it: the first word, and the first letter of the last.
pub fn short_name(name: &str) -> String {
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    match words.next_back().and_then(|last| last.chars().next()) {
        Some(initial) => format!("{first} {initial}."),
        None => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn values(pairs: &[(Field, &str)]) -> Values {
        pairs.iter().map(|(field, text)| (*field, (*text).to_owned())).collect()
    }

    #[test]
    fn fields_are_filled_in_both_languages() {
        let known =
            values(&[(Field::Patient, "منى"), (Field::Time, "10:00"), (Field::Hijri, "13 جمادى الآخرة")]);
        for (text, expected) in [
            ("مرحبًا {patient}، موعدك {time} ({hijri}).", "مرحبًا منى، موعدك 10:00 (13 جمادى الآخرة)."),
            ("Dear { patient }, at {time}", "Dear منى, at 10:00"),
            ("{{not a field}} {time}", "{not a field} 10:00"),
            ("no link: {link}", "no link: "),
            ("", ""),
        ] {
            assert_eq!(Template::parse(text).unwrap().fill(&known), expected);
        }
    }

    #[test]
    fn a_field_that_does_not_exist_is_refused() {
        assert_eq!(Template::parse("Dear {name}"), Err(TemplateError::UnknownField("name".into())));
        assert_eq!(Template::parse("{Patient}"), Err(TemplateError::UnknownField("Patient".into())));
        for lone in ["{patient", "patient}", "{", "}", "{a{b}}", "{patient {time}}"] {
            assert_eq!(Template::parse(lone), Err(TemplateError::LoneBrace), "{lone}");
        }
    }

    #[test]
    fn what_is_filled_in_is_not_read_again() {
        let sly = values(&[(Field::Patient, "{link}"), (Field::Link, "https://clinic.example/c/secret")]);
        assert_eq!(Template::parse("Dear {patient}").unwrap().fill(&sly), "Dear {link}");
    }

    #[test]
    fn strangers_see_a_first_name_and_a_letter() {
        for (name, shown) in [
            ("Mona Ahmed Ali", "Mona A."),
            ("منى أحمد علي", "منى ع."),
            ("Mona", "Mona"),
            ("  Mona   Ali ", "Mona A."),
            ("", ""),
        ] {
            assert_eq!(short_name(name), shown);
        }
    }

    proptest! {
        #[test]
        fn a_text_without_braces_is_itself(text in "[^{}]{0,60}") {
            prop_assert_eq!(Template::parse(&text).unwrap().fill(&Values::new()), text);
        }

        #[test]
        fn nothing_typed_brings_it_down(text in ".{0,80}") {
            let _ = Template::parse(&text);
        }
    }
}
