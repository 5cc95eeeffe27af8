//! Work of a procedure, as the chart shows it: planned, or done.

use jiff::civil::Date;
use uuid::Uuid;

use super::vocabulary::{Effect, Needs, Scope, Sites};
use super::{Chart, ChartEvent, Layer, Occupant, Term, UnitTooth, term};
use crate::teeth::{Surface, Tooth};

/// Work of a procedure at its place.
#[derive(Debug, Clone, Copy)]
pub struct PlacedWork<'a> {
    /// How the catalogue says that the chart shows it when it is done; `None` where there is no picture for it.
    pub code: Option<&'a str>,
    /// What the catalogue says it is made of.
    pub material: Option<&'a str>,
    pub tooth: Option<Tooth>,
    pub surfaces: &'a [Surface],
    /// The parts of a bridge.
    pub unit: &'a [UnitTooth],
}

/// The term by which the chart shows work that is only planned, from the term of the work done; `None` where a plan of
/// it cannot be drawn.
fn planned_term(done: &str) -> Option<&'static Term> {
    let done = if done == "extracted" { "to_extract" } else { done };
    term(done).filter(|term| term.layers.contains(&Layer::Plan))
}

impl PlacedWork<'_> {
    /// The event that shows it as done; `None` where there is no picture for it, or where the teeth of a bridge or
    /// denture are not named.
    pub fn done(&self, id: Uuid, on: Date) -> Option<ChartEvent> {
        let term = term(self.code?).filter(|term| term.layers.contains(&Layer::Done))?;
        let event = self.event(term, Layer::Done, id, on);
        Some(event).filter(|event| is_placed(event) || term.scope != Scope::SeveralTeeth)
    }

    /// The event that shows it as planned; `None` where there is no picture for it, or where it does not say its teeth
    /// or surfaces.
    pub fn planned(&self, id: Uuid, on: Date) -> Option<ChartEvent> {
        let term = planned_term(self.code?)?;
        let mut event = self.event(term, Layer::Plan, id, on);
        if term.sites == Sites::None {
            event.surfaces.clear();
        }
        let lacks_surfaces = matches!(term.sites, Sites::Required(_)) && event.surfaces.is_empty();
        Some(event).filter(|event| (is_placed(event) || term.scope == Scope::Mouth) && !lacks_surfaces)
    }

    /// Whether its tooth is gone, for work that needs one.
    pub fn lacks_tooth(&self, chart: &Chart) -> bool {
        let Some(tooth) = self.tooth else { return false };
        match self.code.and_then(planned_term).map_or(Needs::ToothOrImplant, |term| term.needs) {
            Needs::Tooth => chart.occupant(tooth) != Occupant::Tooth,
            Needs::ToothOrImplant => chart.occupant(tooth) == Occupant::Nothing,
            Needs::Implant | Needs::Supernumerary | Needs::Nothing => false,
        }
    }

    /// A bridge by its parts, anything else by its tooth; a material that the term does not know is left out.
    fn event(&self, term: &Term, layer: Layer, id: Uuid, on: Date) -> ChartEvent {
        let is_bridge = term.effect == Effect::Bridge;
        let material = self.material.and_then(|material| material.parse().ok());
        ChartEvent {
            id,
            seq: i64::MAX,
            on,
            layer,
            code: term.code.to_owned(),
            teeth: self.tooth.filter(|_| !is_bridge).into_iter().collect(),
            surfaces: self.surfaces.to_vec(),
            severity: None,
            material: material.filter(|material| term.materials.contains(material)),
            unit: if is_bridge { self.unit.to_vec() } else { Vec::new() },
            existing_elsewhere: false,
            note: None,
            corrects: None,
        }
    }
}

fn is_placed(event: &ChartEvent) -> bool {
    !event.teeth.is_empty() || !event.unit.is_empty()
}

#[cfg(test)]
mod tests {
    use super::super::Material;
    use super::super::fixtures::{bridge, day};
    use super::*;

    fn filling(tooth: Option<&str>) -> PlacedWork<'static> {
        PlacedWork {
            code: Some("filling"),
            material: Some("composite"),
            tooth: tooth.map(|tooth| tooth.parse().unwrap()),
            surfaces: &[Surface::Occlusal],
            unit: &[],
        }
    }

    #[test]
    fn what_is_planned_is_drawn_by_its_own_term() {
        let drawn = |code| planned_term(code).map(|term| term.code);
        assert_eq!(drawn("filling"), Some("filling"));
        assert_eq!(drawn("extracted"), Some("to_extract"));
        assert_eq!(drawn("no_such_term"), None);
    }

    #[test]
    fn work_is_drawn_where_it_is_placed() {
        let done = filling(Some("16")).done(Uuid::nil(), day(1)).unwrap();
        assert_eq!(
            (done.layer, done.teeth.len(), done.material),
            (Layer::Done, 1, Some(Material::Composite))
        );
        let planned = filling(Some("16")).planned(Uuid::nil(), day(1)).unwrap();
        assert_eq!((planned.layer, planned.surfaces), (Layer::Plan, vec![Surface::Occlusal]));
        assert_eq!(filling(None).planned(Uuid::nil(), day(1)), None);
        let unsaid = PlacedWork { surfaces: &[], ..filling(Some("16")) };
        assert_eq!(unsaid.planned(Uuid::nil(), day(1)), None);
        let unpictured = PlacedWork { code: None, ..filling(Some("16")) };
        assert_eq!(unpictured.done(Uuid::nil(), day(1)), None);
    }

    #[test]
    fn a_bridge_is_drawn_by_its_parts_and_never_without_them() {
        let unit = bridge(1, day(1), Layer::Done, "14a 15p 16a").unit;
        let work = PlacedWork {
            code: Some("bridge"),
            material: Some("amalgam"),
            surfaces: &[],
            unit: &unit,
            ..filling(Some("15"))
        };
        let done = work.done(Uuid::nil(), day(1)).unwrap();
        assert_eq!((done.teeth.len(), done.unit, done.material), (0, unit.clone(), None));
        assert_eq!(work.planned(Uuid::nil(), day(1)).unwrap().unit, unit);
        let unnamed = PlacedWork { unit: &[], ..work };
        assert_eq!(unnamed.done(Uuid::nil(), day(1)), None);
        assert_eq!(unnamed.planned(Uuid::nil(), day(1)), None);
    }
}
