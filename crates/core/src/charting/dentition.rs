//! Which teeth a patient is expected to have: by age, and by what was seen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::Layer;
use super::replay::{Chart, ToothState};
use super::vocabulary::{Effect, term};
use crate::teeth::Tooth;
use crate::wire_enum::wire_enum;

/// The age in years at which the first permanent teeth come through, and at which the last primary ones go.
const MIXED_FROM: i16 = 6;
const PERMANENT_FROM: i16 = 13;

wire_enum! {
    pub enum Dentition {
        Permanent = "permanent",
        Primary = "primary",
        Mixed = "mixed",
    }
}

/// Primary below 6 years, mixed from 6 to 12, then permanent; mixed as well when a tooth was seen that does not
/// fit the age (a first molar at five, a primary canine kept at twenty). Without a birth date, what was seen decides.
pub fn dentition(teeth: &BTreeMap<Tooth, ToothState>, birth_date: Option<Date>, day: Date) -> Dentition {
    let Some(birth_date) = birth_date else {
        let permanent = seen(teeth, false, |_| true);
        return match (seen(teeth, true, |_| true), permanent) {
            (true, true) => Dentition::Mixed,
            (true, false) => Dentition::Primary,
            (false, _) => Dentition::Permanent,
        };
    };
    match age(birth_date, day) {
        ..MIXED_FROM if seen(teeth, false, |_| true) => Dentition::Mixed,
        ..MIXED_FROM => Dentition::Primary,
        MIXED_FROM..PERMANENT_FROM => Dentition::Mixed,
        // What was recorded of a primary tooth in childhood does not keep it in the mouth.
        PERMANENT_FROM.. if seen(teeth, true, |on| age(birth_date, on) >= PERMANENT_FROM) => Dentition::Mixed,
        PERMANENT_FROM.. => Dentition::Permanent,
    }
}

/// The teeth to draw: those of the dentition, and any other that something is recorded of.
pub fn displayed_teeth(chart: &Chart) -> BTreeSet<Tooth> {
    let of_dentition = |tooth: &Tooth| match chart.dentition {
        Dentition::Permanent => !tooth.is_primary(),
        Dentition::Primary => tooth.is_primary(),
        Dentition::Mixed => true,
    };
    let recorded = chart.teeth.iter().filter(|(_, state)| !state.states.is_empty()).map(|(tooth, _)| *tooth);
    Tooth::all().filter(of_dentition).chain(recorded).collect()
}

/// Whether a tooth of this dentition was seen in the mouth on a day that counts.
fn seen(teeth: &BTreeMap<Tooth, ToothState>, primary: bool, counts: impl Fn(Date) -> bool) -> bool {
    let not_seen = |code: &str| {
        term(code).is_some_and(|term| term.effect == Effect::NotErupted || term.effect.is_apart())
    };
    teeth.iter().any(|(tooth, state)| {
        tooth.is_primary() == primary
            && state.present
            && state.states.iter().any(|s| s.layer != Layer::Plan && !not_seen(&s.code) && counts(s.on))
    })
}

/// Completed years; negative before birth.
fn age(birth_date: Date, day: Date) -> i16 {
    let birthday_ahead = (day.month(), day.day()) < (birth_date.month(), birth_date.day());
    day.year() - birth_date.year() - i16::from(birthday_ahead)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::fixtures::event;
    use super::super::{ChartEvent, Layer, replay};
    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn shown(events: &[ChartEvent], birth_date: Option<Date>) -> Dentition {
        replay(events, None, birth_date, TODAY).dentition
    }

    #[test]
    fn age_decides_when_nothing_else_is_known() {
        for (birth, expected) in [
            (date(2024, 1, 1), Dentition::Primary),
            (date(2020, 11, 23), Dentition::Primary),
            (date(2020, 11, 22), Dentition::Mixed),
            (date(2013, 11, 23), Dentition::Mixed),
            (date(2013, 11, 22), Dentition::Permanent),
            (date(1950, 1, 1), Dentition::Permanent),
        ] {
            assert_eq!(shown(&[], Some(birth)), expected, "{birth}");
        }
        assert_eq!(shown(&[], None), Dentition::Permanent);
    }

    #[test]
    fn teeth_that_were_seen_count() {
        let found = |code, tooth, on| {
            event(1, on, Layer::Finding, code, &[tooth], if code == "caries" { "O" } else { "" })
        };
        let five_years = Some(date(2021, 6, 1));
        let twenty_years = Some(date(2006, 6, 1));
        assert_eq!(shown(&[found("caries", "36", TODAY)], five_years), Dentition::Mixed);
        assert_eq!(shown(&[found("unerupted", "36", TODAY)], five_years), Dentition::Primary);
        assert_eq!(
            shown(&[found("caries", "75", TODAY)], twenty_years),
            Dentition::Mixed,
            "a primary tooth was kept"
        );
        assert_eq!(shown(&[found("caries", "75", date(2014, 1, 1))], twenty_years), Dentition::Permanent);
        assert_eq!(shown(&[found("caries", "75", TODAY)], None), Dentition::Primary);
        assert_eq!(shown(&[found("missing", "75", TODAY)], twenty_years), Dentition::Permanent);
    }

    #[test]
    fn the_age_is_that_of_the_day_looked_at() {
        let birth = Some(date(2012, 1, 1));
        assert_eq!(replay(&[], Some(date(2016, 1, 1)), birth, TODAY).dentition, Dentition::Primary);
        assert_eq!(replay(&[], Some(date(2020, 1, 1)), birth, TODAY).dentition, Dentition::Mixed);
        assert_eq!(replay(&[], None, birth, TODAY).dentition, Dentition::Permanent);
    }

    #[test]
    fn recorded_teeth_are_drawn_in_any_dentition() {
        let planned = event(1, TODAY, Layer::Plan, "to_extract", &["65"], "");
        let chart = replay(&[planned], None, Some(date(1990, 1, 1)), TODAY);
        assert_eq!(chart.dentition, Dentition::Permanent);
        assert_eq!(displayed_teeth(&chart).len(), 33);
        assert_eq!(displayed_teeth(&replay(&[], None, Some(date(2024, 1, 1)), TODAY)).len(), 20);
    }
}
