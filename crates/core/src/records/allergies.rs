//! What is known of a patient's allergies, and what a drug meets in them. The list of reactions is small and
//! curated: it warns of what dentists prescribe, and it is no substitute for a full drug database.

use std::collections::BTreeSet;

use super::drug_names::{class_of_name, normal_class, same_substance};
use crate::wire_enum::wire_enum;

wire_enum! {
    /// 'No known allergies' is an answer; 'not asked' is the lack of one.
    pub enum AllergyStatus {
        NotAsked = "not_asked",
        NoneKnown = "none_known",
        Recorded = "recorded",
    }
}

wire_enum! {
    /// From the least to the worst.
    pub enum AllergySeverity {
        Mild = "mild",
        Moderate = "moderate",
        Severe = "severe",
    }
}

/// An allergy on record outweighs an earlier 'none known'.
pub fn allergy_status(active_allergies: usize, none_known: bool) -> AllergyStatus {
    match (active_allergies, none_known) {
        (1.., _) => AllergyStatus::Recorded,
        (0, true) => AllergyStatus::NoneKnown,
        (0, false) => AllergyStatus::NotAsked,
    }
}

/// Who reacts to the first may react to the second. Members of one class need no row; amide and ester
/// anaesthetics have none on purpose, since one replaces the other.
const CROSS_REACTIONS: &[(&str, &str)] = &[
    ("penicillin", "cephalosporin"),
    ("penicillin", "carbapenem"),
    ("cephalosporin", "penicillin"),
    ("cephalosporin", "carbapenem"),
    ("carbapenem", "penicillin"),
    ("carbapenem", "cephalosporin"),
    // Sulfites keep the vasoconstrictor of dental cartridges.
    ("sulfite", "local_anaesthetic_amide"),
];

/// A word for several classes at once.
const WIDE_CLASSES: &[(&str, &[&str])] = &[
    ("beta_lactam", &["penicillin", "cephalosporin"]),
    ("local_anaesthetic", &["local_anaesthetic_amide", "local_anaesthetic_ester"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownAllergy<'a> {
    pub substance: &'a str,
    pub drug_class: Option<&'a str>,
    pub severity: AllergySeverity,
}

/// A drug to be prescribed: from the clinic's list with its class, or typed by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Drug<'a> {
    pub name: &'a str,
    pub drug_class: Option<&'a str>,
}

wire_enum! {
    pub enum ConflictLevel {
        SameSubstance = "same_substance",
        SameClass = "same_class",
        CrossReaction = "cross_reaction",
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AllergyConflict<'a> {
    pub allergy: KnownAllergy<'a>,
    pub level: ConflictLevel,
}

impl AllergyConflict<'_> {
    /// Whether prescribing in spite of it takes a reason. A cross reaction is only shown, unless the allergy is
    /// a severe one.
    pub fn needs_reason(&self) -> bool {
        self.level != ConflictLevel::CrossReaction || self.allergy.severity == AllergySeverity::Severe
    }
}

/// The allergies that speak against a drug, one entry an allergy, the closest first.
pub fn conflicts<'a>(allergies: &[KnownAllergy<'a>], drug: Drug<'_>) -> Vec<AllergyConflict<'a>> {
    let drug_classes = classes(drug.name, drug.drug_class);
    let mut found: Vec<AllergyConflict<'a>> = allergies
        .iter()
        .filter_map(|allergy| {
            let level = if same_substance(allergy.substance, drug.name) {
                ConflictLevel::SameSubstance
            } else {
                level(&classes(allergy.substance, allergy.drug_class), &drug_classes)?
            };
            Some(AllergyConflict { allergy: *allergy, level })
        })
        .collect();
    found.sort_by_key(|conflict| (conflict.level, std::cmp::Reverse(conflict.allergy.severity)));
    found
}

fn level(allergy: &BTreeSet<String>, drug: &BTreeSet<String>) -> Option<ConflictLevel> {
    let crosses = |(from, to): &(&str, &str)| allergy.contains(*from) && drug.contains(*to);
    if !allergy.is_disjoint(drug) {
        Some(ConflictLevel::SameClass)
    } else if CROSS_REACTIONS.iter().any(crosses) {
        Some(ConflictLevel::CrossReaction)
    } else {
        None
    }
}

/// The class that was recorded, and those that the name tells.
fn classes(name: &str, drug_class: Option<&str>) -> BTreeSet<String> {
    let recorded = drug_class.map(normal_class).filter(|class| !class.is_empty());
    let mut classes: BTreeSet<String> = class_of_name(name).into_iter().map(str::to_owned).collect();
    for (wide, members) in WIDE_CLASSES {
        if recorded.as_deref() == Some(wide) || normal_class(name) == *wide {
            classes.extend(members.iter().map(|member| (*member).to_owned()));
        }
    }
    classes.extend(recorded);
    classes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn allergy<'a>(substance: &'a str, drug_class: Option<&'a str>) -> KnownAllergy<'a> {
        KnownAllergy { substance, drug_class, severity: AllergySeverity::Moderate }
    }

    fn meets(
        substance: &str,
        class: Option<&str>,
        drug: &str,
        drug_class: Option<&str>,
    ) -> Option<&'static str> {
        let known = [allergy(substance, class)];
        conflicts(&known, Drug { name: drug, drug_class }).first().map(|conflict| conflict.level.as_str())
    }

    #[test]
    fn not_asked_is_not_none_known() {
        assert_eq!(allergy_status(0, false), AllergyStatus::NotAsked);
        assert_eq!(allergy_status(0, true), AllergyStatus::NoneKnown);
        assert_eq!(allergy_status(2, true), AllergyStatus::Recorded);
        assert_eq!(AllergyStatus::NoneKnown.as_str(), "none_known");
    }

    #[test]
    fn a_penicillin_allergy_stops_amoxicillin() {
        let class = Some("penicillin");
        for drug in
            ["Amoxicillin", "Co-amoxiclav", "Ampicillin", "Flucloxacillin", "Augmentin 1 g", "أموكسيسيلين"]
        {
            assert_eq!(meets("Penicillin", class, drug, class), Some("same_class"), "{drug}");
            assert_eq!(meets("Penicillin", None, drug, None), Some("same_class"), "{drug} typed by hand");
            assert_eq!(meets("حساسية من البنسلين", None, drug, None), Some("same_class"), "{drug} in Arabic");
        }
        assert_eq!(
            meets("Penicillin", class, "House brand 500", class),
            Some("same_class"),
            "by class alone"
        );
    }

    #[test]
    fn what_meets_and_what_does_not() {
        for (substance, class, drug, drug_class, expected) in [
            ("Penicillin", Some("penicillin"), "Cefalexin", Some("cephalosporin"), Some("cross_reaction")),
            ("Cefixime", Some("cephalosporin"), "Amoxicillin", Some("penicillin"), Some("cross_reaction")),
            ("Penicillin", Some("penicillin"), "Clindamycin", Some("lincosamide"), None),
            ("Penicillin", Some("penicillin"), "Azithromycin", Some("macrolide"), None),
            ("Aspirin", None, "Ibuprofen", Some("nsaid"), Some("same_class")),
            ("Aspirin", Some("nsaid"), "Aspirin", Some("nsaid"), Some("same_substance")),
            ("Aspirin", Some("nsaid"), "Paracetamol", Some("analgesic_simple"), None),
            ("Erythromycin", None, "Azithromycin", None, Some("same_class")),
            ("Sulfa", None, "Sulfamethoxazole with trimethoprim", Some("sulfonamide"), Some("same_class")),
            (
                "Lidocaine",
                None,
                "Articaine with adrenaline",
                Some("local_anaesthetic_amide"),
                Some("same_class"),
            ),
            (
                "Benzocaine",
                Some("local_anaesthetic_ester"),
                "Lidocaine",
                Some("local_anaesthetic_amide"),
                None,
            ),
            ("Local anaesthetics", None, "Lidocaine", Some("local_anaesthetic_amide"), Some("same_class")),
            ("Beta-lactams", None, "Cefixime", Some("cephalosporin"), Some("same_class")),
            (
                "Sulfites",
                None,
                "Lidocaine with adrenaline",
                Some("local_anaesthetic_amide"),
                Some("cross_reaction"),
            ),
            ("Sulfites", None, "Sulfamethoxazole", Some("sulfonamide"), None),
            ("Latex", Some("latex"), "Amoxicillin", Some("penicillin"), None),
            ("Chlorhexidine", None, "Chlorhexidine gel", Some("antiseptic"), Some("same_substance")),
            ("Codeine", None, "Paracetamol with codeine", Some("opioid"), Some("same_substance")),
            ("Codeine", None, "Paracetamol with codeine phosphate", None, Some("same_substance")),
            ("Pollen", None, "Amoxicillin", Some("penicillin"), None),
            ("Pollen", Some(""), "Vitamin C", Some(""), None),
        ] {
            assert_eq!(meets(substance, class, drug, drug_class), expected, "{substance} × {drug}");
        }
    }

    #[test]
    fn the_closest_conflict_comes_first_and_says_whether_a_reason_is_needed() {
        let known = [
            allergy("Cefalexin", None),
            KnownAllergy { severity: AllergySeverity::Severe, ..allergy("Ampicillin", None) },
            allergy("Latex", None),
            allergy("Amoxicillin", None),
        ];
        let found = conflicts(&known, Drug { name: "Amoxicillin 500 mg", drug_class: Some("penicillin") });
        let substances: Vec<_> = found.iter().map(|conflict| conflict.allergy.substance).collect();
        assert_eq!(substances, ["Amoxicillin", "Ampicillin", "Cefalexin"]);
        assert_eq!(found.iter().map(AllergyConflict::needs_reason).collect::<Vec<_>>(), [true, true, false]);

        let severe = [KnownAllergy { severity: AllergySeverity::Severe, ..allergy("Penicillin", None) }];
        let found = conflicts(&severe, Drug { name: "Cefixime", drug_class: Some("cephalosporin") });
        assert!(found[0].needs_reason());
    }

    proptest! {
        #[test]
        fn any_text_is_judged_without_panic(substance in ".{0,30}", name in ".{0,30}", class in proptest::option::of(".{0,20}")) {
            let known = [allergy(&substance, class.as_deref())];
            let _ = conflicts(&known, Drug { name: &name, drug_class: class.as_deref() });
        }

        #[test]
        fn the_class_on_record_always_counts(class in "[a-z]{3,12}(_[a-z]{3,12})?") {
            let known = [allergy("x", Some(&class))];
            prop_assert_eq!(conflicts(&known, Drug { name: "y", drug_class: Some(&class) }).len(), 1);
        }
    }
}
