//! Which procedures treat a finding, from a table that is data.

use crate::teeth::{Tooth, ToothClass};
use crate::wire_enum::wire_enum;

wire_enum! {
    /// Which teeth a row of the table speaks of.
    pub enum TeethFit {
        Any = "any",
        Front = "front",
        Premolar = "premolar",
        Molar = "molar",
        Back = "back",
    }
}

wire_enum! {
    /// Which dentition.
    pub enum Fit {
        Any = "any",
        Permanent = "permanent",
        Primary = "primary",
    }
}

/// A row: for such a finding these procedures, by the catalogue's codes, the usual one first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestionRow {
    pub finding: String,
    /// Inclusive; a finding without a severity fits every row.
    pub severity: (u8, u8),
    pub teeth: TeethFit,
    pub dentition: Fit,
    /// How many surfaces, inclusive.
    pub surfaces: (u8, u8),
    pub procedures: Vec<String>,
}

impl SuggestionRow {
    fn fits(&self, code: &str, severity: Option<u8>, tooth: Option<Tooth>, surfaces: usize) -> bool {
        let teeth = tooth.is_none_or(|tooth| match self.teeth {
            TeethFit::Any => true,
            TeethFit::Front => tooth.is_front(),
            TeethFit::Back => !tooth.is_front(),
            TeethFit::Premolar => tooth.class() == ToothClass::Premolar,
            TeethFit::Molar => tooth.class() == ToothClass::Molar,
        });
        let dentition = tooth.is_none_or(|tooth| match self.dentition {
            Fit::Any => true,
            Fit::Permanent => !tooth.is_primary(),
            Fit::Primary => tooth.is_primary(),
        });
        let grave = severity.is_none_or(|grade| (self.severity.0..=self.severity.1).contains(&grade));
        let count = u8::try_from(surfaces).unwrap_or(u8::MAX);
        self.finding == code
            && grave
            && teeth
            && dentition
            && (self.surfaces.0..=self.surfaces.1).contains(&count)
    }
}

/// The codes of the procedures that treat a finding, each once, in the order of the table.
pub fn suggested<'a>(
    rows: &'a [SuggestionRow],
    code: &str,
    severity: Option<u8>,
    tooth: Option<Tooth>,
    surfaces: usize,
) -> Vec<&'a str> {
    let mut codes: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| row.fits(code, severity, tooth, surfaces)) {
        for procedure in &row.procedures {
            if !codes.contains(&procedure.as_str()) {
                codes.push(procedure);
            }
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_matched_by_tooth_surfaces_and_severity() {
        let row = |teeth, surfaces, severity, procedures: &[&str]| SuggestionRow {
            finding: "caries".into(),
            severity,
            teeth,
            dentition: Fit::Permanent,
            surfaces,
            procedures: procedures.iter().map(|code| (*code).to_owned()).collect(),
        };
        let rows = [
            row(TeethFit::Any, (1, 1), (0, 5), &["ONE"]),
            row(TeethFit::Back, (2, 2), (0, 5), &["TWO", "ONLAY"]),
            row(TeethFit::Molar, (1, 7), (6, 6), &["ROOT", "CROWN"]),
            row(TeethFit::Any, (0, 7), (0, 6), &["ONLAY", "OUT"]),
        ];
        let tooth = |fdi| Some(Tooth::new(fdi).unwrap());
        assert_eq!(suggested(&rows, "caries", Some(3), tooth(16), 2), ["TWO", "ONLAY", "OUT"]);
        assert_eq!(suggested(&rows, "caries", Some(6), tooth(16), 2), ["ROOT", "CROWN", "ONLAY", "OUT"]);
        assert_eq!(suggested(&rows, "caries", None, tooth(11), 1), ["ONE", "ONLAY", "OUT"]);
        assert!(suggested(&rows, "caries", Some(3), tooth(55), 1).is_empty());
        assert!(suggested(&rows, "fracture", None, tooth(16), 1).is_empty());
    }
}
