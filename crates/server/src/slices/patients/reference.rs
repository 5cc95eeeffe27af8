//! The lists of conditions, allergens and drugs that the product ships: they know a name's other language, how loud
//! a condition warns and the class of a substance.

use std::collections::HashMap;
use std::sync::LazyLock;

use dentpro_core::records::AlertTone;
use dentpro_core::records::drug_names::{class_of_name, normal_class};
use dentpro_core::text::fold;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A name in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BothNames {
    pub ar: String,
    pub en: String,
}

impl BothNames {
    /// A name of which only one form is known.
    pub fn same(name: &str) -> Self {
        Self { ar: name.to_owned(), en: name.to_owned() }
    }
}

/// A condition of the list.
#[derive(Debug)]
pub struct ListedCondition {
    pub names: BothNames,
    /// `None`: nothing that a dentist has to be warned of.
    pub alert: Option<AlertTone>,
}

#[derive(Deserialize)]
struct ConditionRow {
    code: String,
    name_ar: String,
    name_en: String,
    alert: String,
}

#[derive(Deserialize)]
struct SubstanceRow {
    name_ar: String,
    name_en: String,
}

fn rows<T: DeserializeOwned>(csv_text: &'static str) -> Vec<T> {
    let mut reader = csv::Reader::from_reader(csv_text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("the shipped lists are valid CSV")
}

static CONDITIONS: LazyLock<HashMap<String, ListedCondition>> = LazyLock::new(|| {
    rows::<ConditionRow>(include_str!("../../../data/conditions.csv"))
        .into_iter()
        .map(|row| {
            let names = BothNames { ar: row.name_ar, en: row.name_en };
            (row.code, ListedCondition { names, alert: row.alert.parse().ok() })
        })
        .collect()
});

static SUBSTANCES: LazyLock<HashMap<String, BothNames>> = LazyLock::new(|| {
    let lists = [include_str!("../../../data/drugs.csv"), include_str!("../../../data/allergens.csv")];
    let mut known = HashMap::new();
    for row in lists.into_iter().flat_map(rows::<SubstanceRow>) {
        let names = BothNames { ar: row.name_ar, en: row.name_en };
        known.insert(fold(&names.ar), names.clone());
        known.insert(fold(&names.en), names);
    }
    known
});

/// The condition of a code, where the list has it.
pub fn condition(code: &str) -> Option<&'static ListedCondition> {
    CONDITIONS.get(code)
}

/// A substance in both languages; one that no list knows is the same in both.
pub fn substance(name: &str) -> BothNames {
    SUBSTANCES.get(&fold(name)).cloned().unwrap_or_else(|| BothNames::same(name))
}

/// The class that was given in its one spelling, or the one that the name tells when it tells one alone.
pub fn drug_class(given: Option<&str>, name: &str) -> Option<String> {
    if let Some(class) = given.map(normal_class).filter(|class| !class.is_empty()) {
        return Some(class);
    }
    let mut told = class_of_name(name).into_iter();
    match (told.next(), told.next()) {
        (Some(class), None) => Some(class.to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_substance_is_known_in_either_language() {
        let both = BothNames { ar: "البنسلين".to_owned(), en: "Penicillin".to_owned() };
        assert_eq!(substance("penicillin"), both);
        assert_eq!(substance("البنسلين"), both);
        assert_eq!(substance("House dust"), BothNames::same("House dust"));
    }

    #[test]
    fn the_class_is_told_by_the_name_when_nobody_gave_it() {
        assert_eq!(drug_class(Some("Penicillins"), "x").as_deref(), Some("penicillin"));
        assert_eq!(drug_class(None, "Warfarin 5 mg").as_deref(), Some("anticoagulant"));
        assert_eq!(drug_class(None, "Paracetamol with codeine"), None);
        assert_eq!(drug_class(Some(" "), "Dust"), None);
    }

    #[test]
    fn every_listed_condition_says_how_loud_it_is() {
        assert_eq!(condition("C14").unwrap().alert, Some(AlertTone::Red));
        assert!(condition("nothing").is_none());
        assert!(CONDITIONS.values().all(|c| !c.names.ar.is_empty() && !c.names.en.is_empty()));
        assert!(CONDITIONS.values().any(|c| c.alert.is_none()));
    }
}
