//! The picture of the mouth on a day: a replay of the events up to it, never a stored drawing.
//!
//! Events act in the order (day, seq), so the order in which they arrive does not matter. A correction takes
//! its event out of every day, past ones too, whatever day the correction itself carries.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;
use uuid::Uuid;

use super::dentition::{Dentition, dentition};
use super::vocabulary::{Effect, Needs, Scope, Term, term};
use super::{ChartEvent, Layer, Material, Part};
use crate::teeth::{Surface, Tooth};
use crate::wire_enum::wire_enum;

wire_enum! {
    /// What stands at the place of a tooth.
    pub enum Occupant {
        Tooth = "tooth",
        Implant = "implant",
        Nothing = "nothing",
    }
}

/// What an event still says about a tooth on the day of the picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct State {
    pub event_id: Uuid,
    pub layer: Layer,
    pub code: String,
    /// The surfaces that no later event has taken over.
    pub surfaces: Vec<Surface>,
    pub severity: Option<u8>,
    pub material: Option<Material>,
    /// The tooth's part in a bridge; the parts of one bridge share their `event_id`.
    pub part: Option<Part>,
    pub existing_elsewhere: bool,
    pub note: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub on: Date,
}

impl State {
    fn of(event: &ChartEvent, part: Option<Part>) -> Self {
        let mut surfaces = event.surfaces.clone();
        surfaces.sort_unstable();
        surfaces.dedup();
        Self {
            event_id: event.id,
            layer: event.layer,
            code: event.code.clone(),
            surfaces,
            severity: event.severity,
            material: event.material,
            part,
            existing_elsewhere: event.existing_elsewhere,
            note: event.note.clone(),
            on: event.on,
        }
    }

    fn is_planned(&self) -> bool {
        self.layer == Layer::Plan
    }

    fn effect(&self) -> Effect {
        term(&self.code).map_or(Effect::Beside, |term| term.effect)
    }

    fn needs(&self) -> Needs {
        term(&self.code).map_or(Needs::Nothing, |term| term.needs)
    }

    fn is_of_unit(&self) -> bool {
        is_unit(term(&self.code))
    }

    /// A pontic, or a tooth of a denture: it is there because the tooth is not.
    fn spans_gap(&self) -> bool {
        self.is_of_unit() && self.needs() == Needs::Nothing && self.part != Some(Part::Abutment)
    }
}

fn is_unit(term: Option<&Term>) -> bool {
    term.is_some_and(|term| term.scope == Scope::SeveralTeeth)
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ToothState {
    /// A tooth or an implant stands here.
    pub present: bool,
    pub occupant: Occupant,
    /// In the order in which they came to be.
    pub states: Vec<State>,
}

impl ToothState {
    fn occupy(&mut self, occupant: Occupant) {
        self.occupant = occupant;
        self.present = occupant != Occupant::Nothing;
    }
}

impl Default for ToothState {
    /// A tooth that nothing is known about is there.
    fn default() -> Self {
        Self { present: true, occupant: Occupant::Tooth, states: Vec::new() }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Chart {
    /// The teeth with something to say; any other tooth of the dentition is there and without findings.
    pub teeth: BTreeMap<Tooth, ToothState>,
    /// What concerns the mouth as a whole.
    pub mouth: Vec<State>,
    pub dentition: Dentition,
}

impl Chart {
    pub fn occupant(&self, tooth: Tooth) -> Occupant {
        self.teeth.get(&tooth).map_or(Occupant::Tooth, |state| state.occupant)
    }

    /// Whether a tooth too many stands on this side of a tooth.
    pub fn has_supernumerary(&self, tooth: Tooth, side: Surface) -> bool {
        self.teeth.get(&tooth).is_some_and(|entry| {
            entry.states.iter().any(|s| s.effect() == Effect::Supernumerary && s.surfaces.contains(&side))
        })
    }
}

/// The chart on `as_of`, or with everything recorded when there is none. The dentition shown is that of the
/// patient's age on `as_of`, or else `today`.
pub fn replay(events: &[ChartEvent], as_of: Option<Date>, birth_date: Option<Date>, today: Date) -> Chart {
    let mut picture = Picture::default();
    for event in standing(events) {
        if as_of.is_none_or(|day| event.on <= day) {
            picture.apply(event);
        }
    }
    picture.teeth.retain(|_, tooth| *tooth != ToothState::default());
    let dentition = dentition(&picture.teeth, birth_date, as_of.unwrap_or(today));
    Chart { teeth: picture.teeth, mouth: picture.mouth, dentition }
}

/// The events that have an effect, in order: no corrections, nothing that a correction took back.
fn standing(events: &[ChartEvent]) -> Vec<&ChartEvent> {
    let by_id: BTreeMap<Uuid, &ChartEvent> = events.iter().map(|event| (event.id, event)).collect();
    let mut corrections: Vec<&ChartEvent> =
        by_id.values().copied().filter(|event| event.corrects.is_some()).collect();
    corrections.sort_unstable_by_key(|event| (event.seq, event.id));

    // From the last one back: a correction that was itself taken back corrects nothing.
    let mut void = BTreeSet::new();
    for correction in corrections.into_iter().rev() {
        let target = correction.corrects.and_then(|id| by_id.get(&id));
        let is_earlier = |event: &&&ChartEvent| (event.seq, event.id) < (correction.seq, correction.id);
        if let Some(target) = target.filter(is_earlier)
            && !void.contains(&correction.id)
        {
            void.insert(target.id);
        }
    }

    let mut standing: Vec<&ChartEvent> = by_id
        .values()
        .copied()
        .filter(|event| event.corrects.is_none() && !void.contains(&event.id))
        .collect();
    standing.sort_unstable_by_key(|event| (event.on, event.seq, event.id));
    standing
}

#[derive(Default)]
struct Picture {
    teeth: BTreeMap<Tooth, ToothState>,
    mouth: Vec<State>,
}

impl Picture {
    fn apply(&mut self, event: &ChartEvent) {
        let term = term(&event.code);
        let teeth = event.all_teeth();
        if teeth.is_empty() {
            self.mouth.retain(|state| (state.layer, &state.code) != (event.layer, &event.code));
            self.mouth.push(State::of(event, None));
        }
        for tooth in teeth {
            if self.change(event, term, tooth) {
                self.tooth(tooth).states.push(State::of(event, event.part_of(tooth)));
            }
        }
    }

    fn tooth(&mut self, tooth: Tooth) -> &mut ToothState {
        self.teeth.entry(tooth).or_default()
    }

    /// Ends what the event puts an end to on this tooth; false when the event has nothing to say there.
    fn change(&mut self, event: &ChartEvent, term: Option<&Term>, tooth: Tooth) -> bool {
        let surfaces = event.surfaces.as_slice();
        let effect = term.map_or(Effect::Beside, |term| term.effect);
        if effect == Effect::Remark {
            return true;
        }
        // What an event says replaces what was said of the same thing before; work done is no longer planned.
        let planned = event.layer == Layer::Plan;
        self.end_any(tooth, surfaces, event.id, |state| {
            state.code == event.code && (state.is_planned() == planned || event.layer == Layer::Done)
        });
        if planned {
            return true;
        }
        if effect.is_apart() {
            // The tooth too many comes and goes by itself; its neighbour has no part in it.
            self.end_any(tooth, surfaces, event.id, |state| {
                matches!(state.effect(), Effect::Supernumerary | Effect::SupernumeraryRemoval)
                    && !state.is_planned()
            });
            return true;
        }
        let done = event.layer == Layer::Done;
        let said_before = self.end_contradicted(event, effect, tooth);
        match effect {
            Effect::Healthy => {
                if self.tooth(tooth).occupant != Occupant::Tooth {
                    return false;
                }
                self.end(tooth, surfaces, event.id, |state| {
                    state.layer == Layer::Finding && !state.is_of_unit()
                });
            }
            Effect::Restoration => self.end(tooth, surfaces, event.id, |state| match state.effect() {
                Effect::Restoration | Effect::Coating => !state.is_planned(),
                Effect::Decay | Effect::RootDecay => done,
                _ => false,
            }),
            Effect::FullCoverage => self.cover(tooth, event.id, done),
            Effect::Absent => {
                if said_before {
                    return false;
                }
                self.end_tooth(tooth, event.id);
                self.tooth(tooth).occupy(Occupant::Nothing);
            }
            Effect::RootOnly => self.end(tooth, &[], event.id, |state| {
                !state.is_planned()
                    && matches!(
                        state.effect(),
                        Effect::Decay
                            | Effect::Coating
                            | Effect::Restoration
                            | Effect::FullCoverage
                            | Effect::Bridge
                    )
            }),
            Effect::Implant | Effect::ImplantCrown => self.place_implant(tooth, event.id),
            Effect::Bridge => self.span(tooth, event, done),
            Effect::CanalFilling => {
                if done {
                    self.end(tooth, &[], event.id, |state| state.effect() == Effect::CanalFault);
                }
            }
            Effect::ApplianceRemoval => {
                self.end(tooth, &[], event.id, |state| {
                    state.effect() == Effect::Appliance && !state.is_planned()
                });
                return false;
            }
            Effect::CanalFault
            | Effect::Appliance
            | Effect::Decay
            | Effect::RootDecay
            | Effect::Coating
            | Effect::NotErupted
            | Effect::Supernumerary
            | Effect::SupernumeraryRemoval
            | Effect::Remark
            | Effect::Beside => {}
        }
        true
    }

    /// Ends 'sound' when something is found or done, and 'unerupted' when it is on the crown. True when the
    /// event says that a tooth is missing which was recorded as missing before: the first record stays.
    fn end_contradicted(&mut self, event: &ChartEvent, effect: Effect, tooth: Tooth) -> bool {
        let on_crown = matches!(
            effect,
            Effect::Healthy | Effect::Decay | Effect::Coating | Effect::Restoration | Effect::FullCoverage
        );
        self.tooth(tooth).states.retain_mut(|state| match state.effect() {
            Effect::Healthy if effect != Effect::Healthy => {
                let named = !state.surfaces.is_empty() && !event.surfaces.is_empty();
                state.surfaces.retain(|surface| named && !event.surfaces.contains(surface));
                !state.surfaces.is_empty()
            }
            Effect::NotErupted => !on_crown,
            _ => true,
        });
        let is_absence = |state: &State| state.effect() == Effect::Absent && !state.is_planned();
        effect == Effect::Absent && self.tooth(tooth).states.iter().any(is_absence)
    }

    /// A crown: what was on the crown of the tooth is gone, and with the preparation the decay too.
    fn cover(&mut self, tooth: Tooth, by: Uuid, done: bool) {
        self.end(tooth, &[], by, |state| match state.effect() {
            Effect::Restoration
            | Effect::Coating
            | Effect::FullCoverage
            | Effect::ImplantCrown
            | Effect::RootOnly => !state.is_planned(),
            Effect::Bridge => !state.is_planned() && state.part == Some(Part::Abutment),
            _ => false,
        });
        if done {
            let crown = [Surface::CROWN.as_slice(), &[Surface::Cervical]].concat();
            self.end(tooth, &crown, by, |state| state.effect() == Effect::Decay);
            self.end(tooth, &[], by, |state| state.effect() == Effect::Decay && state.surfaces.is_empty());
        }
    }

    /// The tooth goes: everything said of it ends, but not what stands in for it, nor the plan to replace it.
    fn end_tooth(&mut self, tooth: Tooth, by: Uuid) {
        self.end(tooth, &[], by, |state| {
            if state.is_planned() {
                matches!(state.needs(), Needs::Tooth | Needs::ToothOrImplant)
            } else {
                !state.spans_gap()
            }
        });
    }

    fn place_implant(&mut self, tooth: Tooth, by: Uuid) {
        if self.tooth(tooth).occupant != Occupant::Implant {
            self.end_tooth(tooth, by);
            self.tooth(tooth).occupy(Occupant::Implant);
        }
    }

    fn span(&mut self, tooth: Tooth, event: &ChartEvent, done: bool) {
        if event.part_of(tooth) == Some(Part::Abutment) {
            self.cover(tooth, event.id, done);
            return;
        }
        self.end(tooth, &[], event.id, |state| {
            !state.is_planned() && state.effect() != Effect::Absent && !state.spans_gap()
        });
        self.tooth(tooth).occupy(Occupant::Nothing);
    }

    /// Ends the states of the tooth that match; what is said apart from it stays.
    fn end(&mut self, tooth: Tooth, surfaces: &[Surface], by: Uuid, matches: impl Fn(&State) -> bool) {
        self.end_any(tooth, surfaces, by, |state| !state.effect().is_apart() && matches(state));
    }

    /// Ends the states that match: on these surfaces, or altogether when none are named. A unit ends on all of
    /// its teeth.
    fn end_any(&mut self, tooth: Tooth, surfaces: &[Surface], by: Uuid, matches: impl Fn(&State) -> bool) {
        let mut units = BTreeSet::new();
        self.tooth(tooth).states.retain_mut(|state| {
            if state.event_id == by || !matches(state) {
                return true;
            }
            if !surfaces.is_empty() {
                if state.surfaces.is_empty() {
                    return true;
                }
                state.surfaces.retain(|surface| !surfaces.contains(surface));
                if !state.surfaces.is_empty() {
                    return true;
                }
            }
            if state.is_of_unit() {
                units.insert(state.event_id);
            }
            false
        });
        if !units.is_empty() {
            for other in self.teeth.values_mut() {
                other.states.retain(|state| !units.contains(&state.event_id));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::fixtures::{bridge, day, event, unit};
    use super::super::vocabulary::VOCABULARY;
    use super::*;
    use Layer::{Done, Finding, Plan};

    fn chart(events: &[ChartEvent]) -> Chart {
        replay(events, None, None, day(100))
    }

    /// The states of a tooth in words: `finding caries MO`.
    fn words(chart: &Chart, tooth: &str) -> Vec<String> {
        let Some(tooth) = chart.teeth.get(&tooth.parse().unwrap()) else { return Vec::new() };
        let word = |state: &State| {
            let surfaces: String = state.surfaces.iter().map(|surface| surface.letter()).collect();
            format!("{} {} {surfaces}", state.layer.as_str(), state.code).trim_end().to_owned()
        };
        tooth.states.iter().map(word).collect()
    }

    fn occupant(chart: &Chart, tooth: &str) -> Occupant {
        chart.occupant(tooth.parse().unwrap())
    }

    type Step = (Layer, &'static str, &'static str);

    /// Events one a day on tooth 16.
    fn on_16(steps: &[Step]) -> Vec<ChartEvent> {
        let each = |(index, (layer, code, surfaces)): (usize, &Step)| {
            let n = i64::try_from(index).unwrap();
            event(n, day(n), *layer, code, &["16"], surfaces)
        };
        steps.iter().enumerate().map(each).collect()
    }

    #[test]
    fn states_follow_one_another() {
        let cases: &[(&[Step], &[&str])] = &[
            (&[], &[]),
            (&[(Finding, "caries", "DM")], &["finding caries MD"]),
            (&[(Finding, "caries", "MO"), (Done, "filling", "MO")], &["done filling MO"]),
            (&[(Finding, "caries", "MOD"), (Done, "filling", "O")], &["finding caries MD", "done filling O"]),
            (
                &[(Finding, "caries", "O"), (Finding, "filling", "O")],
                &["finding caries O", "finding filling O"],
            ),
            (
                &[(Done, "filling", "O"), (Finding, "secondary_caries", "O")],
                &["done filling O", "finding secondary_caries O"],
            ),
            (
                &[(Finding, "filling", "MOD"), (Done, "filling", "MO")],
                &["finding filling D", "done filling MO"],
            ),
            (&[(Finding, "filling", "MO"), (Done, "onlay", "MODB")], &["done onlay MODB"]),
            (&[(Finding, "caries", "O"), (Done, "sealant", "O")], &["finding caries O", "done sealant O"]),
            (&[(Done, "sealant", "O"), (Done, "filling", "O")], &["done filling O"]),
            (&[(Finding, "caries", "MODV"), (Done, "filling", "O"), (Done, "crown", "")], &["done crown"]),
            (&[(Finding, "caries", "M"), (Finding, "crown", "")], &["finding caries M", "finding crown"]),
            (&[(Finding, "fracture", ""), (Done, "crown", "")], &["done crown"]),
            (&[(Finding, "root_caries", "B"), (Done, "crown", "")], &["finding root_caries B", "done crown"]),
            (
                &[(Done, "root_canal", ""), (Done, "post_and_core", ""), (Done, "crown", "")],
                &["done root_canal", "done post_and_core", "done crown"],
            ),
            (
                &[(Done, "filling", "MO"), (Finding, "filling_defect", "M")],
                &["done filling MO", "finding filling_defect M"],
            ),
            (
                &[(Done, "filling", "MO"), (Finding, "filling_defect", "M"), (Done, "filling", "MO")],
                &["done filling MO"],
            ),
            (
                &[(Finding, "root_canal", ""), (Finding, "root_canal_short", "")],
                &["finding root_canal", "finding root_canal_short"],
            ),
            (
                &[(Finding, "root_canal_short", ""), (Plan, "root_canal", "")],
                &["finding root_canal_short", "plan root_canal"],
            ),
            (&[(Finding, "root_canal_needed", ""), (Done, "root_canal", "")], &["done root_canal"]),
            (
                &[(Finding, "bracket", ""), (Plan, "appliance_removed", "")],
                &["finding bracket", "plan appliance_removed"],
            ),
            (&[(Done, "bracket", ""), (Plan, "appliance_removed", ""), (Done, "appliance_removed", "")], &[]),
            (&[(Finding, "splint", ""), (Done, "extracted", "")], &["done extracted"]),
            (&[(Plan, "filling", "MO"), (Done, "filling", "MO")], &["done filling MO"]),
            (&[(Plan, "filling", "MO"), (Done, "filling", "O")], &["plan filling M", "done filling O"]),
            (&[(Plan, "crown", ""), (Finding, "caries", "O")], &["plan crown", "finding caries O"]),
            (&[(Finding, "caries", "O"), (Plan, "filling", "O")], &["finding caries O", "plan filling O"]),
            (&[(Finding, "sound", ""), (Plan, "sealant", "O")], &["finding sound", "plan sealant O"]),
            (&[(Finding, "sound", ""), (Finding, "caries", "O")], &["finding caries O"]),
            (
                &[(Finding, "sound", "MOD"), (Finding, "caries", "O")],
                &["finding sound MD", "finding caries O"],
            ),
            (
                &[(Finding, "caries", "MO"), (Done, "root_canal", ""), (Finding, "sound", "")],
                &["done root_canal", "finding sound"],
            ),
            (&[(Finding, "caries", "MO"), (Finding, "sound", "M")], &["finding caries O", "finding sound M"]),
            (&[(Finding, "unerupted", ""), (Finding, "caries", "O")], &["finding caries O"]),
            (&[(Finding, "unerupted", ""), (Finding, "sound", "")], &["finding sound"]),
            (
                &[(Done, "root_canal", ""), (Done, "crown", ""), (Finding, "root_remnant", "")],
                &["done root_canal", "finding root_remnant"],
            ),
            (
                &[
                    (Plan, "to_extract", ""),
                    (Plan, "implant", ""),
                    (Finding, "caries", "O"),
                    (Done, "extracted", ""),
                ],
                &["plan implant", "done extracted"],
            ),
            (&[(Done, "extracted", ""), (Finding, "missing", "")], &["done extracted"]),
            (&[(Finding, "missing", ""), (Plan, "implant", ""), (Done, "implant", "")], &["done implant"]),
            (&[(Done, "implant", ""), (Done, "implant_crown", "")], &["done implant", "done implant_crown"]),
            (
                &[(Done, "implant", ""), (Done, "implant_crown", ""), (Done, "extracted", "")],
                &["done extracted"],
            ),
            (&[(Finding, "missing", ""), (Finding, "sound", "")], &["finding missing"]),
            (
                &[
                    (Finding, "note", ""),
                    (Finding, "sound", ""),
                    (Finding, "note", ""),
                    (Done, "extracted", ""),
                ],
                &["finding note", "finding note", "done extracted"],
            ),
            (
                &[(Finding, "supernumerary", "M"), (Done, "extracted", ""), (Done, "implant", "")],
                &["finding supernumerary M", "done implant"],
            ),
            (
                &[
                    (Finding, "sound", ""),
                    (Finding, "supernumerary", "ML"),
                    (Plan, "supernumerary_extracted", "ML"),
                    (Done, "supernumerary_extracted", "M"),
                ],
                &[
                    "finding sound",
                    "finding supernumerary L",
                    "plan supernumerary_extracted L",
                    "done supernumerary_extracted M",
                ],
            ),
            (
                &[
                    (Finding, "supernumerary", "M"),
                    (Done, "supernumerary_extracted", "M"),
                    (Finding, "supernumerary", "M"),
                ],
                &["finding supernumerary M"],
            ),
        ];
        for (steps, expected) in cases {
            assert_eq!(words(&chart(&on_16(steps)), "16"), *expected, "{steps:?}");
        }
    }

    #[test]
    fn what_stands_at_the_place() {
        let cases: &[(&[Step], Occupant)] = &[
            (&[(Finding, "caries", "O")], Occupant::Tooth),
            (&[(Plan, "extracted", "")], Occupant::Tooth),
            (&[(Finding, "missing", "")], Occupant::Nothing),
            (&[(Done, "extracted", ""), (Plan, "implant", "")], Occupant::Nothing),
            (&[(Done, "extracted", ""), (Done, "implant", "")], Occupant::Implant),
            (&[(Finding, "implant_crown", "")], Occupant::Implant),
            (&[(Done, "implant", ""), (Done, "extracted", "")], Occupant::Nothing),
            (&[(Finding, "root_remnant", "")], Occupant::Tooth),
        ];
        for (steps, expected) in cases {
            let chart = chart(&on_16(steps));
            assert_eq!(occupant(&chart, "16"), *expected, "{steps:?}");
            let tooth = &chart.teeth[&"16".parse().unwrap()];
            assert_eq!(tooth.present, *expected != Occupant::Nothing);
        }
    }

    #[test]
    fn a_newer_severity_replaces_the_older_one() {
        let caries = |seq, severity, surfaces| ChartEvent {
            severity: Some(severity),
            ..event(seq, day(seq), Finding, "caries", &["16"], surfaces)
        };
        let chart = chart(&[caries(1, 2, "MO"), caries(2, 4, "O")]);
        let states = &chart.teeth[&"16".parse().unwrap()].states;
        assert_eq!(states.iter().map(|s| s.severity).collect::<Vec<_>>(), [Some(2), Some(4)]);
        assert_eq!(words(&chart, "16"), ["finding caries M", "finding caries O"]);
    }

    #[test]
    fn a_bridge_stands_and_falls_as_one() {
        let built = [
            event(0, day(0), Finding, "caries", &["14"], "O"),
            event(1, day(1), Finding, "missing", &["15"], ""),
            bridge(2, day(2), Plan, "14a 15p 16a"),
        ];
        assert_eq!(words(&chart(&built), "16"), ["plan bridge"]);

        let mut done = built.to_vec();
        done.push(bridge(3, day(3), Done, "14a 15p 16a"));
        let picture = chart(&done);
        assert_eq!(words(&picture, "14"), ["done bridge"], "the preparation took the caries");
        assert_eq!(words(&picture, "15"), ["finding missing", "done bridge"]);
        assert_eq!(words(&picture, "16"), ["done bridge"]);
        assert_eq!(
            (occupant(&picture, "15"), occupant(&picture, "16")),
            (Occupant::Nothing, Occupant::Tooth)
        );
        let parts: Vec<_> =
            ["14", "15", "16"].map(|t| picture.teeth[&t.parse().unwrap()].states.last().unwrap().part).into();
        assert_eq!(parts, [Some(Part::Abutment), Some(Part::Pontic), Some(Part::Abutment)]);

        let mut replaced = done.clone();
        replaced.push(bridge(4, day(4), Done, "15p 16a 17a"));
        let picture = chart(&replaced);
        assert_eq!(words(&picture, "14"), Vec::<String>::new(), "the old bridge left all its teeth");
        assert_eq!(words(&picture, "17"), ["done bridge"]);

        done.push(event(4, day(4), Done, "extracted", &["16"], ""));
        let picture = chart(&done);
        assert_eq!(words(&picture, "14"), Vec::<String>::new());
        assert_eq!(words(&picture, "15"), ["finding missing"]);
        assert_eq!(words(&picture, "16"), ["done extracted"]);
    }

    #[test]
    fn a_pontic_tells_that_the_tooth_is_missing() {
        let picture = chart(&[
            event(1, day(1), Finding, "caries", &["15"], "O"),
            bridge(2, day(2), Finding, "14a 15p 16a"),
        ]);
        assert_eq!(words(&picture, "15"), ["finding bridge"]);
        assert_eq!(occupant(&picture, "15"), Occupant::Nothing);
        let picture = chart(&[
            bridge(1, day(1), Finding, "14a 15p 16a"),
            event(2, day(2), Finding, "missing", &["15"], ""),
        ]);
        assert_eq!(words(&picture, "15"), ["finding bridge", "finding missing"], "the bridge stays");
    }

    #[test]
    fn what_concerns_the_mouth_is_kept_apart() {
        let picture = chart(&[event(1, day(1), Finding, "bruxism", &[], "")]);
        assert!(picture.teeth.is_empty());
        assert_eq!(picture.mouth.len(), 1);
    }

    #[test]
    fn a_correction_takes_the_event_out_of_past_days_too() {
        let wrong = event(1, day(1), Done, "extracted", &["16"], "");
        let correction =
            ChartEvent { corrects: Some(wrong.id), ..event(2, day(9), Done, "extracted", &["16"], "") };
        let right = event(3, day(1), Done, "extracted", &["17"], "");
        let events = [wrong.clone(), correction.clone(), right];
        for as_of in [Some(day(1)), Some(day(9)), None] {
            let picture = replay(&events, as_of, None, day(100));
            assert_eq!(occupant(&picture, "16"), Occupant::Tooth);
            assert_eq!(occupant(&picture, "17"), Occupant::Nothing);
        }
        let back = ChartEvent::correction(Uuid::from_u128(5), 4, day(9), correction.id);
        assert_eq!(
            occupant(&chart(&[wrong, correction, back]), "16"),
            Occupant::Nothing,
            "the correction was wrong"
        );
    }

    #[test]
    fn the_chart_reads_as_promised() {
        let filling = ChartEvent {
            material: Some(Material::Composite),
            ..event(1, date(2026, 11, 22), Done, "filling", &["16"], "OM")
        };
        let json = serde_json::to_value(chart(&[filling])).unwrap();
        assert_eq!(json["dentition"], "permanent");
        let tooth = &json["teeth"]["16"];
        assert_eq!(tooth["present"], true);
        let state = &tooth["states"][0];
        assert_eq!(state["surfaces"], serde_json::json!(["M", "O"]));
        assert_eq!(
            (&state["layer"], &state["code"], &state["material"]),
            (&"done".into(), &"filling".into(), &"composite".into())
        );
        assert_eq!(state["on"], "2026-11-22");
    }

    fn any_event() -> impl Strategy<Value = ChartEvent> {
        (
            proptest::sample::select(VOCABULARY),
            proptest::sample::subsequence(vec!["14", "15", "16", "17", "55"], 0..3),
            proptest::sample::subsequence(Surface::ALL.to_vec(), 0..4),
            0i64..8,
            any::<proptest::sample::Index>(),
            proptest::sample::select(vec!["14a 15p 16a", "15a 16p 17a", "16a 17c"]),
        )
            .prop_map(|(term, teeth, surfaces, on, layer, parts)| {
                let mut made = event(0, day(on), *layer.get(term.layers), term.code, &teeth, "");
                made.surfaces = surfaces;
                if term.effect == Effect::Bridge {
                    made.teeth.clear();
                    made.unit = unit(parts);
                }
                made
            })
    }

    /// Events with their own ids and order of recording, some of which correct an earlier one.
    fn any_history() -> impl Strategy<Value = Vec<ChartEvent>> {
        proptest::collection::vec(
            (any_event(), proptest::option::weighted(0.2, any::<proptest::sample::Index>())),
            0..14,
        )
        .prop_map(|made| {
            let mut events: Vec<ChartEvent> = Vec::new();
            for (seq, (event, corrects)) in (0i64..).zip(made) {
                let corrects = corrects.filter(|_| !events.is_empty()).map(|index| index.get(&events).id);
                let id = Uuid::from_u128(u128::try_from(seq).unwrap() + 1);
                events.push(ChartEvent { id, seq, corrects, ..event });
            }
            events
        })
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_does_not_matter(
            (events, shuffled) in any_history().prop_flat_map(|e| (Just(e.clone()), Just(e).prop_shuffle()))
        ) {
            prop_assert_eq!(chart(&events), chart(&shuffled));
        }

        #[test]
        fn a_day_is_the_replay_of_the_events_to_it(events in any_history(), on in 0i64..9) {
            let kept: Vec<_> =
                events.iter().filter(|e| e.on <= day(on) || e.corrects.is_some()).cloned().collect();
            prop_assert_eq!(
                replay(&events, Some(day(on)), None, day(100)),
                replay(&kept, None, None, day(100))
            );
        }

        #[test]
        fn a_corrected_event_never_happened(events in any_history(), picked in any::<proptest::sample::Index>()) {
            let recorded: Vec<_> = events.into_iter().filter(|e| e.corrects.is_none()).collect();
            prop_assume!(!recorded.is_empty());
            let wrong = picked.get(&recorded).clone();
            let mut corrected = recorded.clone();
            corrected.push(ChartEvent { id: Uuid::from_u128(999), seq: 999, corrects: Some(wrong.id), ..wrong.clone() });
            let without: Vec<_> = recorded.into_iter().filter(|e| e.id != wrong.id).collect();
            prop_assert_eq!(chart(&corrected), chart(&without));
        }

        #[test]
        fn the_same_event_twice_is_one_event(events in any_history()) {
            let twice = [events.clone(), events.clone()].concat();
            prop_assert_eq!(chart(&events), chart(&twice));
        }

        /// Where nothing stands, nothing of a tooth is left; and a unit is on all of its teeth or on none.
        #[test]
        fn the_picture_is_possible(events in any_history()) {
            let chart = chart(&events);
            let mut units: BTreeMap<Uuid, usize> = BTreeMap::new();
            for tooth in chart.teeth.values() {
                prop_assert_eq!(tooth.present, tooth.occupant != Occupant::Nothing);
                for state in &tooth.states {
                    if state.code == "bridge" {
                        *units.entry(state.event_id).or_default() += 1;
                    }
                }
            }
            for (id, teeth) in units {
                let event = events.iter().find(|event| event.id == id).unwrap();
                prop_assert_eq!(teeth, event.unit.len());
            }
        }
    }
}
