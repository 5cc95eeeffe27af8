//! The lists that the product ships: which procedures treat a finding, and what is done in plain words.

use std::collections::HashMap;
use std::sync::LazyLock;

use dentpro_core::planning::SuggestionRow;
use serde::Deserialize;

const SUGGESTED: &str = include_str!("../../../data/suggested_procedures.csv");
const PLAIN: &str = include_str!("../../../data/plain_words.csv");

#[derive(Deserialize)]
struct SuggestedRow {
    finding: String,
    severity_from: u8,
    severity_to: u8,
    teeth: String,
    dentition: String,
    surfaces_from: u8,
    surfaces_to: u8,
    procedures: String,
}

#[derive(Deserialize)]
struct PlainRow {
    key: String,
    ar: String,
    en: String,
}

/// Which procedures treat which finding.
pub static SUGGESTIONS: LazyLock<Vec<SuggestionRow>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(SUGGESTED.as_bytes());
    let rows = reader.deserialize::<SuggestedRow>().map(|row| row.expect("the shipped list is valid CSV"));
    rows.map(|row| SuggestionRow {
        finding: row.finding,
        severity: (row.severity_from, row.severity_to),
        teeth: row.teeth.parse().expect("a known kind of teeth"),
        dentition: row.dentition.parse().expect("a known dentition"),
        surfaces: (row.surfaces_from, row.surfaces_to),
        procedures: row.procedures.split(' ').map(str::to_owned).collect(),
    })
    .collect()
});

static WORDS: LazyLock<HashMap<String, (String, String)>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(PLAIN.as_bytes());
    let rows = reader.deserialize::<PlainRow>().map(|row| row.expect("the shipped list is valid CSV"));
    rows.map(|row| (row.key, (row.ar, row.en))).collect()
});

/// What is done in a procedure, in Arabic and English, for who is no dentist.
pub fn plain_words(chart_code: Option<&str>, category: &str) -> (String, String) {
    let found = chart_code.and_then(|code| WORDS.get(code)).or_else(|| WORDS.get(category));
    found.cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use dentpro_core::charting::term;

    use super::*;

    #[test]
    fn the_lists_name_findings_and_procedures_that_there_are() {
        let catalogue = include_str!("../../../data/procedures.csv");
        let mut reader = csv::Reader::from_reader(catalogue.as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        for row in SUGGESTIONS.iter() {
            assert!(term(&row.finding).is_some(), "{}", row.finding);
            for code in &row.procedures {
                assert!(rows.iter().any(|procedure| &procedure[0] == code), "{code}");
            }
        }
        for procedure in &rows {
            let code = Some(&procedure[8]).filter(|code| !code.is_empty());
            let (ar, en) = plain_words(code, &procedure[3]);
            assert!(!ar.is_empty() && !en.is_empty(), "{}", &procedure[0]);
        }
    }
}
