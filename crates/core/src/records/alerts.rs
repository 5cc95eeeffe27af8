//! The row of warnings in a patient's header: what it shows, how loud, and in which order.

use std::borrow::Borrow;
use std::cmp::Reverse;

use super::allergies::AllergySeverity;
use super::drug_names::{class_of_name, normal_class};
use crate::wire_enum::wire_enum;

wire_enum! {
    pub enum AlertTone {
        Red = "red",
        Amber = "amber",
    }
}

wire_enum! {
    /// The kinds that a reader of the API sees.
    pub enum AlertKind {
        Allergy = "allergy",
        Condition = "condition",
        Medication = "medication",
        Note = "note",
    }
}

wire_enum! {
    /// Where an alert comes from, in the order of the header among alerts of one tone.
    pub enum AlertSource {
        Allergy = "allergy",
        Anticoagulant = "anticoagulant",
        Condition = "condition",
        Pregnancy = "pregnancy",
        Medication = "medication",
        Note = "note",
    }
}

impl AlertSource {
    pub fn kind(self) -> AlertKind {
        match self {
            Self::Allergy => AlertKind::Allergy,
            Self::Condition | Self::Pregnancy => AlertKind::Condition,
            Self::Anticoagulant | Self::Medication => AlertKind::Medication,
            Self::Note => AlertKind::Note,
        }
    }

    /// The tone when the record itself names none.
    pub fn tone(self) -> AlertTone {
        match self {
            Self::Allergy | Self::Anticoagulant => AlertTone::Red,
            Self::Condition | Self::Pregnancy | Self::Medication | Self::Note => AlertTone::Amber,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    pub source: AlertSource,
    /// A condition can be red: the clinic's list says so.
    pub tone: AlertTone,
    /// Of an allergy.
    pub severity: Option<AllergySeverity>,
    pub text: String,
}

/// Puts alerts, or what carries one, in the order of the header: red first, allergies before the rest, the severest
/// first.
pub fn order_alerts<T: Borrow<Alert>>(alerts: &mut [T]) {
    alerts.sort_by(|a, b| {
        let (a, b) = (a.borrow(), b.borrow());
        let key = |alert: &Alert| (alert.tone, alert.source, Reverse(alert.severity));
        key(a).cmp(&key(b)).then_with(|| a.text.cmp(&b.text))
    });
}

/// Whether a medicine that a patient takes thins the blood, by its class or else by its name.
pub fn medication_source(name: &str, drug_class: Option<&str>) -> AlertSource {
    let by_class = drug_class.is_some_and(|class| normal_class(class) == "anticoagulant");
    if by_class || class_of_name(name).contains("anticoagulant") {
        AlertSource::Anticoagulant
    } else {
        AlertSource::Medication
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn alert(source: AlertSource, text: &str) -> Alert {
        Alert { source, tone: source.tone(), severity: None, text: text.to_owned() }
    }

    #[test]
    fn the_header_shows_what_can_kill_first() {
        let allergy =
            |severity, text| Alert { severity: Some(severity), ..alert(AlertSource::Allergy, text) };
        let mut row = vec![
            alert(AlertSource::Note, "Afraid of needles"),
            alert(AlertSource::Medication, "Metformin"),
            alert(AlertSource::Pregnancy, "Pregnant"),
            alert(AlertSource::Condition, "Diabetes"),
            allergy(AllergySeverity::Mild, "Latex"),
            alert(AlertSource::Anticoagulant, "Warfarin"),
            Alert { tone: AlertTone::Red, ..alert(AlertSource::Condition, "Artificial heart valve") },
            allergy(AllergySeverity::Severe, "Penicillin"),
        ];
        order_alerts(&mut row);
        let texts: Vec<_> = row.iter().map(|alert| alert.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "Penicillin",
                "Latex",
                "Warfarin",
                "Artificial heart valve",
                "Diabetes",
                "Pregnant",
                "Metformin",
                "Afraid of needles"
            ]
        );
    }

    #[test]
    fn blood_thinners_are_known_by_class_or_name() {
        for (name, class, expected) in [
            ("Warfarin 5 mg", None, AlertSource::Anticoagulant),
            ("Marevan", Some("anticoagulant"), AlertSource::Anticoagulant),
            ("Xarelto", Some("Anticoagulants"), AlertSource::Anticoagulant),
            ("rivaroxaban", None, AlertSource::Anticoagulant),
            ("وارفارين", None, AlertSource::Anticoagulant),
            ("Metformin", None, AlertSource::Medication),
            ("Aspirin", Some("nsaid"), AlertSource::Medication),
        ] {
            assert_eq!(medication_source(name, class), expected, "{name}");
        }
    }

    #[test]
    fn kinds_are_those_of_the_api() {
        assert_eq!(AlertSource::Pregnancy.kind().as_str(), "condition");
        assert_eq!(AlertSource::Anticoagulant.kind().as_str(), "medication");
    }

    proptest! {
        #[test]
        fn no_amber_alert_stands_before_a_red_one(
            sources in proptest::collection::vec(proptest::sample::select(AlertSource::ALL), 0..12)
        ) {
            let mut row: Vec<_> = sources.into_iter().map(|source| alert(source, "x")).collect();
            order_alerts(&mut row);
            prop_assert!(row.windows(2).all(|pair| pair[0].tone <= pair[1].tone));
        }
    }
}
